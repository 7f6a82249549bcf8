import { resolve } from 'node:path'
import { csvRows, number, text, textOrNull } from '../../importers/csv-rows.ts'
import { findFile } from '../../importers/find-file.ts'
import type { TextCase } from '../../models/text/text-case.ts'
import { outcomes, type Outcome } from '../../schemas/models/outcomes.ts'
import { visits, type Visit } from '../../schemas/visits/visits.ts'
import { run } from '../../simulator/run.ts'
import type { TextSet } from './text-sets.ts'

/** Cases with many records, ordered by their ends. */
export interface LongCases {
  readonly name: string
  readonly backbone: TextSet['backbone']
  readonly cases: readonly TextCase[]
  /** End of each case, ms. */
  readonly times: Float64Array
  /** Outcome of each case, 1 or 0. */
  readonly labels: Int32Array
  /** Customer of each case: intervals resample customers. */
  readonly customers: readonly string[]
}

interface Case {
  readonly customer: string
  readonly records: { readonly text: string; readonly at: number }[]
  closedAt: number
  label: number
}

/**
 * Returns the talks of persuasion4good, with a record per line of either person, and whether a gift was made: about
 * half are longer than a window.
 */
export async function wholeTalks(): Promise<LongCases> {
  const folder = resolve(import.meta.dirname, '../../../shared/data/persuasion4good')
  const given = new Map<string, number>()
  for await (const row of csvRows(await findFile(folder, /info\.csv(\.gz)?$/), { columns: ['B2', 'B4', 'B6'] }))
    if (text(row, 'B4') === '1') given.set(text(row, 'B2'), Number(number(row, 'B6') > 0))
  const talks = new Map<string, Case>()
  for await (const row of csvRows(await findFile(folder, /dialog\.csv(\.gz)?$/), { columns: ['Unit', 'B2'] })) {
    const id = text(row, 'B2')
    const talk = talks.get(id) ?? { customer: id, records: [], closedAt: startOf(id), label: given.get(id)! }
    talks.set(id, talk)
    // Lines have an order, but no time.
    talk.records.push({ text: textOrNull(row, 'Unit') ?? '', at: Number.NaN })
  }
  return inOrder('persuasion4good, whole talks', 'all-minilm-l6-v2', [...talks.values()])
}

/**
 * Returns the opportunities of the simulated bank, each with all visits of its customer up to the time that the outcome
 * is about, including those of earlier opportunities: histories that grow.
 */
export function simulatedHistories(days: number, customers: number): LongCases {
  const world = run({ seed: 'strategies', customers, salespeople: 24, teams: 4, startAt: Date.UTC(2026, 0, 4, 16) })
  const visitsByCustomer = new Map<string, Map<string, Visit>>()
  const cases: Case[] = []
  for (let day = 0; day < days; day++)
    for (const { topic, event } of world.next().value.arrivals) {
      if (topic === visits.name) {
        const visit = event as Visit
        const own = visitsByCustomer.get(visit.customerId) ?? new Map<string, Visit>()
        visitsByCustomer.set(visit.customerId, own)
        if ((own.get(visit.visitId)?.revision ?? -1) < visit.revision) own.set(visit.visitId, visit)
      }
      if (topic === outcomes.name && (event as Outcome).task === 'conversion') {
        const { customerId, value, asOf, occurredAt } = event as Outcome
        const known = [...(visitsByCustomer.get(customerId)?.values() ?? [])].filter(
          (visit) => !visit.withdrawn && visit.occurredAt <= (asOf ?? occurredAt),
        )
        known.sort((one, other) => one.occurredAt - other.occurredAt)
        if (known.length === 0) continue
        const records = known.map(({ text, occurredAt: at }) => ({ text, at }))
        cases.push({ customer: customerId, records, closedAt: occurredAt, label: value })
      }
    }
  return inOrder('simulated histories', 'bge-small-zh', cases)
}

/** Parses the start of a talk from its id: 20180904-100019_870_live began at 10:00:19. */
function startOf(id: string): number {
  const [, year, month, day, hour, minute, second] = /(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)_/.exec(id)!.map(Number)
  return Date.UTC(year!, month! - 1, day, hour, minute, second)
}

function inOrder(name: string, backbone: LongCases['backbone'], cases: readonly Case[]): LongCases {
  const sorted = cases.toSorted((one, other) => one.closedAt - other.closedAt)
  return {
    name,
    backbone,
    cases: sorted,
    times: Float64Array.from(sorted, ({ closedAt }) => closedAt),
    labels: Int32Array.from(sorted, ({ label }) => label),
    customers: sorted.map(({ customer }) => customer),
  }
}
