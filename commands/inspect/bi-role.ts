import { text } from 'node:stream/consumers'
import { withDatabase } from '../../composition/database.ts'
import { grantBiRole, revokeBiRole } from '../../store/operations/bi-roles.ts'
import type { DefineCommand } from '../define-command.ts'

const SECONDS_MAX = 3600

/** Defines `scoreline bi-role`: PostgreSQL roles that may read the BI views, and nothing else. */
export const defineBiRole: DefineCommand = (command, context) => {
  command
    .command('grant')
    .description('create or update a role that reads the BI views; its password is read from standard input')
    .argument('<name>', 'name of the role')
    .option('--statement-timeout <seconds>', `a query is cancelled after that, at most ${SECONDS_MAX}`, '60')
    .action(async (name: string, options: { statementTimeout: string }) => {
      const here = context()
      const statementTimeoutS = secondsOf(options.statementTimeout)
      const role = { name, statementTimeoutS, password: await readPassword() }
      const done = await withDatabase(here, 'bi-role', (database) => grantBiRole(database, role))
      here.print(JSON.stringify({ role: name, ...done, statementTimeoutS }))
    })
  command
    .command('revoke')
    .description('take all rights from such a role, and drop it unless it also reads another database')
    .argument('<name>', 'name of the role')
    .action(async (name: string) => {
      const here = context()
      const done = await withDatabase(here, 'bi-role', (database) => revokeBiRole(database, name))
      here.print(JSON.stringify({ role: name, ...done }))
    })
}

/** An argument would be seen by everybody on the machine, and a terminal would show what is typed. */
async function readPassword(): Promise<string> {
  if (process.stdin.isTTY)
    throw new Error('Send the password to standard input: `scoreline bi-role grant NAME < FILE`, or through a pipe.')
  const password = (await text(process.stdin)).replace(/\r?\n$/, '')
  if (/^[\x21-\x7e]{12,200}$/.test(password)) return password
  throw new Error('The password on standard input must have 12 to 200 ASCII characters without spaces, on one line.')
}

function secondsOf(given: string): number {
  const seconds = Number(given)
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= SECONDS_MAX) return seconds
  throw new Error(
    `--statement-timeout must be a whole number of seconds from 1 to ${SECONDS_MAX}, not ${JSON.stringify(given)}.`,
  )
}
