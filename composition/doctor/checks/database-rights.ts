import { missingGrants, type MissingGrants } from '../../../store/operations/diagnosis.ts'
import { error, listed, ok, warning, type Check, type Finding } from '../check.ts'

export const databaseRights: Check = {
  name: 'database rights',
  needs: 'postgres',
  async run({ database }) {
    return grantFindings(await missingGrants(database()))
  },
}

export function grantFindings({ tables, mayCreate }: MissingGrants): Finding[] {
  const findings: Finding[] = []
  if (tables.length > 0)
    findings.push(
      error(
        `Rights are missing on ${tables.length} tables: ${listed(tables.map(({ table, rights }) => `${table} (${rights.join(', ')})`))}.`,
        'Make the user of DATABASE_URL the owner of the tables, or grant it these rights.',
      ),
    )
  if (!mayCreate)
    findings.push(
      warning(
        'This user may create no tables: it can’t migrate the database.',
        'Grant CREATE on the schema, or run `scoreline migrate` as another user.',
      ),
    )
  return findings.length > 0 ? findings : [ok('The user has its rights on all tables, and may create some.')]
}
