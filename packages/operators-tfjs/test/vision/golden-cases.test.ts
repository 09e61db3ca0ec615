import cases from "../cases/vision.json" with { type: "json" };
import { testRecordedCases } from "../norm-loss/recorded-cases.ts";

testRecordedCases(cases);
