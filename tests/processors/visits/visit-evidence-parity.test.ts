/** The same visits give the same evidence and the same verdicts, as a file and as a stream in any order of arrival. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { assessFile, type AssessedVisit } from '../../../composition/visits/assess-file.ts'
import { readPlaces } from '../../../composition/visits/known-places.ts'
import { detectors } from '../../../processors/visits/evidence/detectors.ts'
import { POLICY_RULE } from '../../../processors/visits/evidence/visit-scores.ts'
import { defaultPolicy } from '../../../processors/visits/default-policy.ts'
import { noConditions, policies, type Policy } from '../../../schemas/visits/policies.ts'
import { DAY_MS, HOUR_MS } from '../../../schemas/durations.ts'
import { message } from '../../../schemas/topic.ts'
import type { CustomerPlace } from '../../../schemas/visits/places.ts'
import type { Visit } from '../../../schemas/visits/visits.ts'
import { fieldWork } from '../../../simulator/visits/field-work.ts'
import { globals } from '../scoring-fixtures.ts'
import { evidenceStream } from './evidence-stream.ts'

const folder = mkdtempSync(join(tmpdir(), 'parity-'))
const clauses = [
  '价格还要再谈',
  '下周一给答复',
  '仓库里堆满了新到的货',
  '老板说六月订单比去年多了三成',
  '财务问了提前还款的条件',
]
clauses.push(
  '现金流有点紧',
  'very interested in the loan and ready to sign',
  '客户不在家',
  '看了新装的两条产线',
  '想谈一笔设备贷款',
)

/** Three people only: with more, a file knows templates from the beginning, whereas the stream learns them. */
function world(seed: number) {
  let at = seed
  const report = () => {
    at = (at * 48271 + 11) % 2147483647
    const count = 1 + (at % 5)
    return Array.from({ length: count }, (_, i) => clauses[(at + 7 * i * (1 + (at % 3))) % clauses.length]).join('，')
  }
  const work = fieldWork({ seed: `parity-${seed}`, people: 3, days: 4, cheatingShare: 1, report })
  const visits = work.visits.slice(0, 60).map((visit, i, all): Visit => ({
    ...visit,
    salespersonId: i % 4 === 1 ? all[0]!.salespersonId : visit.salespersonId,
    // Fewer than fifty positions, so that a file knows no more about the organisation than the stream.
    place: i % 5 === 0 ? null : placeOf(visit, i),
    enteredAt: i % 4 === 1 ? Math.floor(visit.occurredAt / DAY_MS) * DAY_MS + 14 * HOUR_MS + i : visit.enteredAt,
    photoHash: i % 9 === 0 ? 'photo' : visit.photoHash,
    deviceId: i % 7 === 0 ? 'd-shared' : visit.deviceId,
    customerId: i % 4 === 0 ? 'c-often' : visit.customerId,
    opportunityId: i % 4 === 0 ? 'o-often' : visit.opportunityId,
  }))
  return { visits, places: work.places }
}

/** Returns a place at home, out of reach, or made up by an app. */
function placeOf({ place }: Visit, i: number): Visit['place'] {
  const home = { latitude: 31.2345678, longitude: 121.4567891, accuracyM: 8, ageS: 3, mocked: null }
  if (i % 4 === 1) return home
  if (i % 13 === 4) return { ...home, latitude: 36.1 + i / 1_000, mocked: null }
  return place !== null && i % 11 === 5 ? { ...place, mocked: true } : place
}

const policy: Policy = {
  ...defaultPolicy,
  ...{ id: 'p', occurredAt: 0, source: 'test', changedBy: 'test' },
  rules: [{ ...noConditions, verdict: 'invalid', visitCountMin: 4, withinDays: 3 }],
  // With the defaults it needs weeks of visits.
  evidence: [
    {
      kind: 'often-far-from-places',
      falseWeight: null,
      invalidWeight: null,
      parameters: { visitsMin: 5, customersMin: 2, shareMin: 0.05 },
    },
  ],
}
const set = globals({ settings: [message(policies, policy)] })

async function ofFile(visits: readonly Visit[], places: readonly CustomerPlace[]): Promise<readonly AssessedVisit[]> {
  const [file, placesFile] = [join(folder, 'visits.jsonl'), join(folder, 'places.jsonl')]
  writeFileSync(file, visits.map((visit) => JSON.stringify(visit)).join('\n'))
  writeFileSync(placesFile, places.map((place) => JSON.stringify(place)).join('\n'))
  const known = await readPlaces(placesFile, { onWarning: () => {} })
  const until = Number.MAX_SAFE_INTEGER
  return (await assessFile(file, { policy, places: known, onWarning: () => {}, until })).assessed
}

/** What happens to a record: published once, corrected, or deleted. */
const fate = fc.constantFrom('told once', 'told once', 'told once', 'corrected', 'moved', 'edited', 'withdrawn')
type Fate = typeof fate extends fc.Arbitrary<infer F> ? F : never

/** Returns all revisions of a visit; the last one applies. */
function revisionsOf(visit: Visit, what: Fate, { salespersonId }: Visit): Visit[] {
  const other = (revision: number, changes: Partial<Visit>) => ({
    ...visit,
    id: `${visit.id}/${revision}`,
    revision,
    ...changes,
  })
  switch (what) {
    case 'told once':
      return [visit]
    case 'corrected':
      return [{ ...visit, text: clauses.join('。'), photoHash: 'photo', deviceId: 'd-shared' }, other(1, {})]
    case 'moved':
      return [{ ...visit, salespersonId, opportunityId: 'o-often', place: null }, other(1, {})]
    case 'edited':
      return Array.from({ length: 10 }, (_, revision) => other(revision, { text: `${visit.text}${clauses[revision]}` }))
    case 'withdrawn':
      return [visit, other(1, { withdrawn: true })]
  }
}

const shown = ({ visitId, verdict, falseScore, invalidScore, evidence }: AssessedVisit) => ({
  visitId,
  verdict,
  falseScore,
  invalidScore,
  evidence: Object.fromEntries(evidence.map(({ kind, score }) => [kind, score])),
})
const kindsSeen = new Set<string>()

test('in any order of arrival, with corrections and withdrawals', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 1_000 }),
      fc.array(fate, { minLength: 60, maxLength: 60 }),
      fc.integer({ min: 1, max: 40 }),
      fc.boolean(),
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      async (seed, fates, batchSize, placesFirst, numbers) => {
        const { visits, places } = world(seed)
        const revisions = visits.map((visit, i) => revisionsOf(visit, fates[i]!, visits[0]!))
        const last = revisions.map((all) => all.at(-1)!)
        const arriving = revisions
          .flat()
          .map((visit) => ({ visit, order: numbers.next().value }))
          .sort((one, other) => one.order - other.order)
          .map(({ visit }) => visit)
        const stream = evidenceStream({ globals: set, batchSize })
        if (placesFirst) await stream.place(...places)
        await stream.visit(...arriving)
        if (!placesFirst) await stream.place(...places)
        // The amount of chance depends on the number of reports: re-evaluated, all are compared with the same number.
        await stream.reevaluate(set)
        expect(stream.refused).toEqual([])
        for (const wanted of await ofFile(last, places)) {
          for (const { kind } of wanted.evidence) kindsSeen.add(kind)
          const got = stream.assessments.get(wanted.visitId)
          const isWithdrawn = wanted.verdict === 'withdrawn'
          expect(got?.withdrawn ?? isWithdrawn).toBe(isWithdrawn)
          const nothing = { verdict: 'fine' as const, falseScore: 0, invalidScore: 0, evidence: [] }
          const verdict = isWithdrawn ? ('fine' as const) : wanted.verdict
          expect(shown({ ...(got ?? { visitId: wanted.visitId, ...nothing }) })).toEqual({ ...shown(wanted), verdict })
        }
      },
    ),
    { numRuns: 6, seed: 5, endOnFailure: true },
  )
  // Probabilities arrive differently in a stream; digits and bursts need weeks of visits.
  const elsewhere = ['enthusiasm-without-movement', 'digits-against-peers', 'burst-before-period-end']
  const kinds = detectors.map(({ kind }) => kind).filter((kind) => !elsewhere.includes(kind))
  expect([...kindsSeen].sort()).toEqual([...kinds, POLICY_RULE].sort())
}, 120_000)
