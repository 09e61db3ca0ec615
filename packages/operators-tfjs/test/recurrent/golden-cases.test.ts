import cases from "../cases/recurrent.json" with { type: "json" };
import { testRecordedCases } from "../norm-loss/recorded-cases.ts";

testRecordedCases(cases);
