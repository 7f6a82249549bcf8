import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { CommandContext } from '../../composition/context.ts'
import { withDatabase } from '../../composition/database.ts'
import { namingOf, openReader } from '../../composition/kafka.ts'
import { erasePeople, REFUSE_DAYS_MAX } from '../../composition/personal-data/erase-people.ts'
import { keptRecords } from '../../composition/personal-data/kept-records.ts'
import { personalDataPort } from '../../composition/personal-data/personal-data-port.ts'
import { personalData } from '../../composition/personal-data/personal-data.ts'
import { textLines } from '../../files/text-lines.ts'
import { personDigest } from '../../streams/erasure/person-digest.ts'
import { auditFields } from '../audit-fields.ts'

interface Act {
  readonly by: string
  readonly reason: string
}

export async function exportTo(context: CommandContext, id: string, out: string, act: Act): Promise<void> {
  const done = actOf(act)
  const { client, registry } = await openReader(context.config, context.log, 'personal-data')
  try {
    await withDatabase(context, 'personal-data', async (database) => {
      const source = { client, registry, naming: namingOf(context.config), database }
      const port = personalDataPort(database, (person) => personalData(source, person))
      await pipeline(Readable.from(port.export(id, done)), createWriteStream(out, { flags: 'wx', mode: 0o600 }))
      context.print(JSON.stringify({ digest: personDigest(id), file: out }))
    })
  } finally {
    await client.close()
  }
}

export async function erase(
  context: CommandContext,
  given: readonly string[],
  { file, refuseDays: days, ...act }: Act & { readonly file?: string; readonly refuseDays: string },
): Promise<void> {
  const done = actOf(act)
  const refuseDays = Number(days)
  if (!Number.isInteger(refuseDays) || refuseDays < 0 || refuseDays > REFUSE_DAYS_MAX)
    throw new Error(`--refuse-days must be a whole number from 0 to ${REFUSE_DAYS_MAX}, not ${JSON.stringify(days)}.`)
  const ids = [...given, ...(file === undefined ? [] : await idsIn(file))]
  if (ids.length === 0) throw new Error('Name at least one person, or a file with one id per line by --file.')
  const { digests, refusedUntil, rows } = await withDatabase(context, 'personal-data', (database) =>
    erasePeople(database, { ids, refuseDays, ...done }),
  )
  context.print(JSON.stringify({ people: digests.length, refusedUntil, rows }))
  for (const digest of digests) context.print(JSON.stringify({ erased: digest }))
  for (const kept of keptRecords()) context.print(JSON.stringify({ remainsIn: kept.topic, days: kept.days }))
}

async function idsIn(file: string): Promise<string[]> {
  const ids: string[] = []
  for await (const { text } of textLines(file)) if (text.trim() !== '') ids.push(text.trim())
  return ids
}

function actOf(act: Act): { readonly doneBy: string; readonly reason: string } {
  const { changedBy: doneBy, reason } = auditFields(act)
  return { doneBy, reason }
}
