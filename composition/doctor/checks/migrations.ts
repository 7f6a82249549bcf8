import { migrationState, type MigrationState } from '../../../store/migrate.ts'
import { error, listed, ok, warning, type Check, type Finding } from '../check.ts'

export const migrations: Check = {
  name: 'migrations',
  needs: 'postgres',
  async run({ database }) {
    return migrationFindings(await migrationState(database()))
  },
}

export function migrationFindings({ pending, unknown }: MigrationState): Finding[] {
  const findings: Finding[] = []
  if (pending.length > 0)
    findings.push(error(`${pending.length} migrations are pending: ${listed(pending)}.`, 'Run `scoreline migrate`.'))
  if (unknown.length > 0)
    findings.push(
      warning(
        `A newer version has migrated the database: ${listed(unknown)}.`,
        'Start that version; this one may not know all of the tables.',
      ),
    )
  return findings.length > 0 ? findings : [ok('The database has every migration.')]
}
