import cases from "../cases/norm-loss.json" with { type: "json" };
import { testRecordedCases } from "./recorded-cases.ts";

testRecordedCases(cases);
