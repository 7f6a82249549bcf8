/** Whom a credential stands for, with the names of roles. */
export interface Identity {
  readonly name: string
  readonly roles: readonly string[]
  /** The salesperson that they are; null if none. */
  readonly salespersonId: string | null
  /** The team whose objects they may see if a role extends to a team’s; null if none. */
  readonly teamId: string | null
}
