/** Tests what the evidence processors make of odd visits, and when they publish again. */
import { unitHash } from '../../../features/string-hash.ts'
import { defaultPolicy } from '../../../processors/visits/default-policy.ts'
import { scores } from '../../../schemas/models/scores.ts'
import { message, type Topic } from '../../../schemas/topic.ts'
import type { CustomerPlace } from '../../../schemas/visits/places.ts'
import { policies, type Policy } from '../../../schemas/visits/policies.ts'
import type { Visit } from '../../../schemas/visits/visits.ts'
import { DAY_MS, globals, score, START, visit } from '../scoring-fixtures.ts'
import { evidenceStream, type EvidenceStream } from './evidence-stream.ts'

const report = '上午到工厂看了新装的两条产线，老板说六月订单比去年多了三成，现金流有点紧，想谈一笔设备贷款。'
const kindsOf = ({ assessments }: EvidenceStream, visitId: string) =>
  assessments.get(visitId)?.evidence.map(({ kind }) => kind)
const told = (visitId: string, day: number, changes: Partial<Visit> = {}) =>
  visit(visitId, day, {
    opportunityId: `o-${visitId}`,
    customerId: `c-${visitId}`,
    text: ownWords(visitId),
    ...changes,
  })
/** Returns a report of thirty characters that resembles no other. */
const ownWords = (visitId: string) =>
  Array.from({ length: 30 }, (_, i) =>
    String.fromCodePoint(0x4e00 + Math.floor(unitHash(`${visitId} ${i}`) * 5_000)),
  ).join('')
const policy = (changes: Partial<Policy>, version = 1) =>
  globals({
    settings: [
      message(policies, { ...defaultPolicy, id: '', occurredAt: 0, source: '', changedBy: '', ...changes, version }),
    ],
  })
const place = (customerId: string, latitude: number): CustomerPlace => ({
  ...{ id: `p-${customerId}-${latitude}`, occurredAt: START, source: 'test', placeId: `p-${customerId}`, revision: 0 },
  ...{ withdrawn: false, customerId, name: null, latitude, longitude: 121.5, radiusM: null },
  ...{ validFrom: null, validUntil: null },
})
const checkedIn = (latitude: number, longitude = 121.5) => ({
  place: { latitude, longitude, accuracyM: 10, ageS: 0, mocked: null },
})

test('a copied report is found, late or early, and taken back when either of the two is corrected or withdrawn', async () => {
  const stream = evidenceStream()
  await stream.visit(told('copy', 9, { text: report, salespersonId: 's2' }))
  expect(stream.assessments.size).toBe(0)
  // A visit that took place earlier and arrives later.
  await stream.visit(told('first', 1, { text: report }))
  expect(stream.assessments.get('copy')).toMatchObject({
    verdict: 'suspected_false',
    evidence: [{ kind: 'copied-text', with: 'first' }],
  })
  await stream.visit(told('first', 1, { text: '客户要搬家，仓库还在找，合同下个月再签。', revision: 1 }))
  expect(stream.assessments.get('copy')).toMatchObject({ verdict: 'fine', falseScore: 0, evidence: [] })
  await stream.visit(told('first', 1, { text: report, revision: 2 }))
  expect(kindsOf(stream, 'copy')).toEqual(['copied-text'])
  await stream.visit(told('copy', 9, { text: report, salespersonId: 's2', revision: 1, withdrawn: true }))
  expect(stream.assessments.get('copy')).toMatchObject({ verdict: 'fine', withdrawn: true, evidence: [] })
})

test('edited ten times and in any order, the highest revision counts; of two with one revision the later one', async () => {
  const stream = evidenceStream()
  const edits = Array.from({ length: 10 }, (_, revision) =>
    told('v', 1, { revision, ...(revision === 9 ? {} : { place: { ...checkedIn(31).place, mocked: true } }) }),
  )
  await stream.visit(...[3, 9, 0, 8, 1, 7, 2, 6, 5, 4].map((revision) => edits[revision]!))
  expect(stream.assessments.get('v')?.evidence ?? []).toEqual([])
  await stream.visit(
    told('w', 2, { id: 'a' }),
    told('w', 1, { id: 'b', place: { ...checkedIn(31).place, mocked: true } }),
  )
  expect(stream.assessments.get('w')?.evidence ?? []).toEqual([])
})

test('a visit without a report, of 100 kB, or with contradictory clocks, is assessed by what is known', async () => {
  const stream = evidenceStream()
  await stream.visit(
    told('empty', 1, { text: '' }),
    told('long', 2, { text: report.repeat(2_500) }),
    told('slip', 3, { enteredAt: START, checkInAt: START + 3 * DAY_MS, checkOutAt: START }),
  )
  expect(kindsOf(stream, 'empty')).toEqual(['report-says-little'])
  expect(kindsOf(stream, 'slip')).toBeUndefined()
  expect(stream.refused).toEqual([])
})

test('a device under two names is evidence unless the policy lists it; the policy also applies to earlier evidence', async () => {
  const stream = evidenceStream()
  const hours = (count: number) => ({ occurredAt: START + count * 3_600_000, deviceId: 'tablet' })
  for (const i of [0, 1, 2, 3]) await stream.visit(told(`v${i}`, 0, { ...hours(i), salespersonId: `s${i % 2}` }))
  expect(kindsOf(stream, 'v1')).toEqual(['one-device-two-names'])
  await stream.reevaluate(policy({ sharedDevices: ['tablet'] }))
  expect(kindsOf(stream, 'v1')).toEqual([])
  await stream.reevaluate(policy({}, 2))
  expect(kindsOf(stream, 'v1')).toEqual(['one-device-two-names'])
})

test('a place that is added later, or moved, causes a new assessment; a swapped position counts as none', async () => {
  const stream = evidenceStream()
  await stream.visit(told('v', 1, checkedIn(31.2)), told('swapped', 2, checkedIn(80, 30)))
  await stream.place(place('c-v', 32.2), { ...place('c-swapped', 30), longitude: 80 })
  expect(kindsOf(stream, 'v')).toEqual(['far-from-places'])
  await stream.place({ ...place('c-v', 31.2), revision: 1 })
  expect(kindsOf(stream, 'v')).toEqual([])
  expect(kindsOf(stream, 'swapped')).toBeUndefined()
})

test('probabilities that do not move under enthusiastic reports count, and the rules of the policy decide alone', async () => {
  const stream = evidenceStream({
    globals: policy({
      rules: [
        {
          verdict: 'invalid',
          visitCountMin: 3,
          withinDays: null,
          probabilityBelow: 0.2,
          probabilityMovedLessThan: null,
        },
      ],
    }),
  })
  const glad = (i: number) => visit(`v${i}`, i, { text: `客户非常满意，第${i}次谈得很愉快，${'甲乙丙丁'[i]}` })
  for (const i of [1, 2, 3]) {
    await stream.visit(glad(i))
    await stream.send(scores as Topic, score(i, 0.1))
  }
  expect(stream.assessments.get('v3')).toMatchObject({ verdict: 'invalid', invalidScore: 1 })
  expect(kindsOf(stream, 'v3')).toEqual(expect.arrayContaining(['policy-rule', 'enthusiasm-without-movement']))
  await stream.send(scores as Topic, score(3, 0.6))
  expect(kindsOf(stream, 'v3')).not.toContain('policy-rule')
})

test('an honest visit costs a record for its salesperson, one for its report and one that counts it, and nothing else', async () => {
  const stream = evidenceStream()
  await stream.visit(told('v', 1, { text: report }))
  expect(Object.fromEntries(stream.counts)).toEqual({ 'compared-visits': 2, 'policy-counts': 1 })
})
