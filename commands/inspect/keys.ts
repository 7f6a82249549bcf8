import { KEY_DAYS_DEFAULT, KEY_DAYS_MAX, keyFault, makeKey } from '../../api/access/make-key.ts'
import { rolesOf } from '../../composition/api/access.ts'
import { withDatabase } from '../../composition/database.ts'
import { listApiKeys, revokeApiKey } from '../../store/access/api-keys.ts'
import { nameOf, requireText } from '../audit-fields.ts'
import type { DefineCommand } from '../define-command.ts'

const PAGE = 500
const NAME_CHARACTERS_MAX = 200

interface CreateOptions {
  readonly name: string
  readonly role: readonly string[]
  readonly salesperson?: string
  readonly team?: string
  readonly days: string
  readonly by: string
}

/** Defines `scoreline keys`: the same API keys as in the API, also while no administrator has one yet. */
export const defineKeys: DefineCommand = (command, context) => {
  command
    .command('create')
    .description('make an API key and print it; it is not stored and can’t be shown again')
    .requiredOption('--name <name>', 'holder of the key, recorded as the author of changes')
    .requiredOption('--role <roles...>', 'roles of the holder')
    .option('--salesperson <id>', 'the salesperson that the holder is')
    .option('--team <id>', 'the team that the holder leads')
    .option('--days <days>', `days until it expires, at most ${KEY_DAYS_MAX}`, String(KEY_DAYS_DEFAULT))
    .requiredOption('--by <name>', 'name of the person who makes it; kept in the audit trail')
    .action(async (options: CreateOptions) => {
      const here = context()
      const wanted = {
        name: requireText(options.name, '--name must name the holder', NAME_CHARACTERS_MAX),
        roles: options.role,
        salespersonId: idOf('--salesperson', options.salesperson),
        teamId: idOf('--team', options.team),
        days: daysOf(options.days),
        createdBy: nameOf(options.by),
      }
      const fault = keyFault(wanted, rolesOf(here.config))
      if (fault !== undefined) throw new Error(fault)
      const { key, text } = await withDatabase(here, 'keys', (database) => makeKey(database, wanted))
      here.print(JSON.stringify({ key: text, ...key }))
    })
  command
    .command('list')
    .description('list API keys without their secrets, newest first, one JSON object per line')
    .action(async () => {
      const here = context()
      await withDatabase(here, 'keys', async (database) => {
        let after: { at: Date; id: string } | undefined
        do {
          const page = await listApiKeys(database, {}, { limit: PAGE, ...(after && { after }) })
          for (const key of page) here.print(JSON.stringify(key))
          const last = page.at(PAGE - 1)
          after = last && { at: last.createdAt, id: last.id }
        } while (after !== undefined)
      })
    })
  command
    .command('revoke')
    .description('revoke an API key; running processes refuse it within ten seconds')
    .argument('<id>', 'id of the key, as `list` shows it')
    .requiredOption('--by <name>', 'name of the person who revokes it; kept in the audit trail')
    .action(async (id: string, { by }: { by: string }) => {
      const here = context()
      const revokedBy = nameOf(by)
      const key = await withDatabase(here, 'keys', (database) => revokeApiKey(database, id, revokedBy))
      if (key === undefined) throw new Error(`There is no API key ${JSON.stringify(id)}: \`keys list\` shows all.`)
      here.print(JSON.stringify(key))
    })
}

function idOf(option: string, id: string | undefined): string | null {
  return id === undefined ? null : requireText(id, `${option} must be an id`, NAME_CHARACTERS_MAX)
}

function daysOf(text: string): number {
  const days = Number(text)
  if (Number.isInteger(days) && days >= 1 && days <= KEY_DAYS_MAX) return days
  throw new Error(`--days must be a whole number from 1 to ${KEY_DAYS_MAX}, not ${JSON.stringify(text)}.`)
}
