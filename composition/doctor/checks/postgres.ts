import { serverFacts, type ServerFacts } from '../../../store/operations/diagnosis.ts'
import { error, ok, warning, type Check, type Finding } from '../check.ts'

/** The oldest version that PostgreSQL's community maintains. */
const VERSION_MIN = 140_000

export const postgres: Check = {
  name: 'postgres',
  async run({ database }) {
    // Outside the attempt: that no database is configured has its own advice.
    const opened = database()
    try {
      return serverFindings(await serverFacts(opened))
    } catch (thrown) {
      const advice = 'Check that PostgreSQL runs, and host, port, user, password and database in DATABASE_URL.'
      return [error(`PostgreSQL can't be used: ${(thrown as Error).message}`, advice)]
    }
  },
}

export function serverFindings({ version, name, readOnly }: Omit<ServerFacts, 'nowMs'>): Finding[] {
  if (readOnly)
    return [
      error(
        `PostgreSQL ${name} takes no changes: it is read only, or a standby.`,
        'Let DATABASE_URL name the primary server.',
      ),
    ]
  if (version < VERSION_MIN)
    return [warning(`PostgreSQL ${name} is no longer maintained.`, 'Upgrade to PostgreSQL 14 or newer.')]
  return [ok(`PostgreSQL ${name} answers and takes changes.`)]
}
