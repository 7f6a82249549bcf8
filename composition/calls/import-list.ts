import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import type { CsvOptions } from '../../files/csv-records.ts'
import { countLines } from '../../files/count-lines.ts'
import { parsePhone, type Region } from '../../features/calls/lists/phone-number.ts'
import { campaignSetting } from '../../processors/calls/contact/campaign-setting.ts'
import { campaignEntries, type CampaignEntry } from '../../schemas/calls/campaign-entries.ts'
import { fromJson } from '../../schemas/json/json-event.ts'
import type { Topic } from '../../schemas/topic.ts'
import { otherLists } from '../../store/calls/campaign-queue.ts'
import type { Database } from '../../store/database.ts'
import { newestSetting } from '../../store/versioned-settings.ts'
import type { CommandContext } from '../context.ts'
import { namingOf, openProducer, openRegistry } from '../kafka.ts'
import { createPublisher } from '../publisher.ts'
import { createProgress } from '../training/progress.ts'
import { untilSent } from '../until-sent.ts'
import { listRows, type ListRow } from './list-rows.ts'

const BATCH = 1_000

export interface ListImport extends CsvOptions {
  readonly campaign: string
  /** Name of the list; default: the file name. */
  readonly list?: string
  /** Region of phone numbers without a country code. */
  readonly region?: Region
  /** Whether to skip customers who still wait on the list of another campaign. */
  readonly skipListed?: boolean
  /** Whether to check everything and send nothing. */
  readonly dryRun?: boolean
  /** Called for each line that is refused. */
  refuse(line: number, problem: string): void
}

export interface ImportCounts {
  readonly lines: number
  readonly taken: number
  readonly refused: number
  /** Lines that repeat a customer; the first line wins. */
  readonly repeated: number
  /** Customers who share a phone number with another one on the list. */
  readonly samePhone: number
  /** Customers who are also on the list of another campaign, by campaign. */
  readonly onOtherLists: Readonly<Record<string, number>>
}

/**
 * Puts the customers of a file on a campaign's list. Wrong lines are refused individually. Memory grows only with the
 * customer ids and phone numbers. Throws if there is no such campaign.
 */
export async function importList(
  here: CommandContext,
  database: Database,
  file: string,
  options: ListImport,
): Promise<ImportCounts> {
  const { campaign, dryRun = false } = options
  if ((await newestSetting(database, campaignSetting, campaign)) === undefined)
    throw new Error(`There is no campaign ${campaign}: PUT /campaigns/${campaign} makes it (docs/contact-rules.md).`)
  const total = await countLines(file, options)
  const progress = createProgress('List', total, here.log)
  const producer = dryRun ? undefined : await openProducer(here, 'campaign-list')
  const registry = await openRegistry(here.config, here.log)
  const publisher = producer && createPublisher(producer, namingOf(here.config), registry)
  const tally = createTally(database, options)
  const send = async (entries: readonly CampaignEntry[]) => {
    const kept = await tally.sift(entries)
    if (publisher !== undefined && kept.length > 0)
      await untilSent(() => publisher.publish(campaignEntries as Topic, kept), {
        ...{ what: 'The list', log: here.log, signal: here.stopped },
      })
  }
  try {
    let batch: CampaignEntry[] = []
    for await (const row of listRows(file, options)) {
      if (here.stopped.aborted) break
      progress.update(row.line)
      const entry = tally.read(row, basename(file))
      if (entry !== undefined) batch.push(entry)
      if (batch.length < BATCH) continue
      await send(batch)
      batch = []
    }
    await send(batch)
  } finally {
    progress.stop()
    await producer?.close()
  }
  return tally.counts()
}

/** Checks the lines of one file and counts the outcomes. */
function createTally(database: Database, options: ListImport) {
  const { campaign, region, skipListed = false, refuse } = options
  const run = randomUUID()
  const occurredAt = Date.now()
  const [customers, phones] = [new Set<string>(), new Set<string>()]
  const onOtherLists: Record<string, number> = {}
  let [lines, taken, refused, repeated, samePhone] = [0, 0, 0, 0, 0]

  function checked({ line, fields, problem }: ListRow, list: string): CampaignEntry | string {
    if (fields === undefined) return problem!
    const { phone: rawPhone, ...rest } = fields
    const hasPhone = rawPhone !== undefined && rawPhone !== null && rawPhone !== ''
    const phone = hasPhone ? parsePhone(String(rawPhone), region) : undefined
    if (phone !== undefined && 'problem' in phone) return `phone ${JSON.stringify(rawPhone)} ${phone.problem}`
    const frame = { id: `${run}/${line}`, occurredAt, source: 'campaigns import', campaign, removed: false }
    const all = { phone: null, value: null, notBefore: null, ...rest, ...phone, list: options.list ?? list, ...frame }
    const entry = fromJson(campaignEntries, all)
    if (entry.ok) return entry.value
    return entry.problems.map(({ path, problem: what }) => `${path.slice(1)}: ${what}`).join(' ')
  }

  return {
    /** Returns the entry of a line; `undefined` if it is refused or repeated. */
    read(row: ListRow, list: string): CampaignEntry | undefined {
      lines++
      const entry = checked(row, list)
      if (typeof entry === 'string') {
        refused++
        refuse(row.line, entry)
        return undefined
      }
      if (customers.has(entry.customerId)) {
        repeated++
        return undefined
      }
      customers.add(entry.customerId)
      if (entry.phone !== null && phones.size === phones.add(entry.phone).size) samePhone++
      return entry
    },
    /** Returns the entries to send. */
    async sift(entries: readonly CampaignEntry[]): Promise<readonly CampaignEntry[]> {
      const others = await otherLists(database, { campaign, customerIds: entries.map(({ customerId }) => customerId) })
      for (const other of others) onOtherLists[other.campaign] = (onOtherLists[other.campaign] ?? 0) + 1
      const listed = new Set(skipListed ? others.map(({ customerId }) => customerId) : [])
      const kept = entries.filter(({ customerId }) => !listed.has(customerId))
      taken += kept.length
      return kept
    },
    counts: (): ImportCounts => ({ lines, taken, refused, repeated, samePhone, onOtherLists }),
  }
}
