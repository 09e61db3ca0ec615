/** Where a case lies below the folder of groups. */
export interface CasePlace {
  readonly group: string;
  readonly name: string;
}
