import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assessFile } from '../../../composition/visits/assess-file.ts'
import { countFile } from '../../../composition/visits/file-counts.ts'
import { readPlaces } from '../../../composition/visits/known-places.ts'
import { readPolicy } from '../../../composition/visits/read-policy.ts'
import { visitsReport } from '../../../composition/visits/visits-report.ts'
import { defaultPolicy } from '../../../processors/visits/default-policy.ts'
import { noConditions } from '../../../schemas/visits/policies.ts'

const folder = mkdtempSync(join(tmpdir(), 'assess-'))
let files = 0
const fileOf = (lines: readonly (object | string)[]) => {
  const file = join(folder, `${files++}.jsonl`)
  writeFileSync(file, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'))
  return file
}
const assess = (lines: readonly (object | string)[], more: Partial<Parameters<typeof assessFile>[1]> = {}) =>
  assessFile(fileOf(lines), { policy: defaultPolicy, onWarning: () => {}, until: Date.UTC(2027, 0, 1), ...more })

const text =
  '上午到工厂看了新装的两条产线，老板说六月订单比去年多了三成，现金流有点紧，想谈一笔设备贷款，财务问了提前还款的条件。'
const visit = (visitId: string, time: string, more: object = {}) => ({
  visitId,
  occurredAt: `2026-01-${time}+08:00`,
  salespersonId: 's1',
  customerId: `c-${visitId}`,
  ...more,
})
const kinds = (visits: Awaited<ReturnType<typeof assess>>['assessed']) =>
  Object.fromEntries(visits.map(({ visitId, evidence }) => [visitId, evidence.map(({ kind }) => kind)]))

test('a line a visit, in the order of the file, with its evidence', async () => {
  const { assessed } = await assess([
    visit('b', '20T09:00', { text }),
    visit('a', '05T09:00', { text }),
    visit('x', '06T09:00', { place: { latitude: 31.2, longitude: 121.5, mocked: true } }),
  ])
  expect(assessed.map(({ visitId, verdict }) => [visitId, verdict])).toEqual([
    ['b', 'suspected_false'],
    ['a', 'fine'],
    ['x', 'suspected_false'],
  ])
  expect(assessed[0]!.evidence).toEqual([
    {
      kind: 'copied-text',
      score: expect.any(Number) as number,
      text: expect.stringContaining('100 %') as string,
      with: 'a',
    },
  ])
})

test('a salesperson with honest visits is fine', async () => {
  const stays = ['09:00', '10:40', '13:30', '15:00', '16:30'].map((hour, i) =>
    visit(`v${i}`, `05T${hour}`, {
      text: `${['设备', '仓库', '流水', '合同', '利率'][i]!.repeat(2)}谈了很久，${text.slice(3 * i, 3 * i + 9)}`,
      checkInAt: `2026-01-05T${hour}+08:00`,
      place: { latitude: 31.2 + i * 0.013, longitude: 121.5 + i * 0.017, accuracyM: 20 },
      enteredAt: `2026-01-05T20:0${i}+08:00`,
    }),
  )
  const { assessed } = await assess(stays)
  for (const { verdict, falseScore } of assessed) {
    expect(verdict).toBe('fine')
    expect(falseScore).toBeLessThan(0.2)
  }
})

test('the highest revision counts; of one revision the later visit time, then the later line', async () => {
  const { assessed, problems } = await assess([
    visit('a', '05T09:00', { revision: 2, text: '客户不在' }),
    visit('a', '05T09:00', { revision: 1, text }),
    visit('b', '06T09:00', { text: '' }),
    visit('b', '06T09:00', { text }),
    visit('c', '05T09:00', { text }),
    visit('c', '04T09:00', { text: '' }),
  ])
  expect(kinds(assessed)).toEqual({ a: ['report-says-little'], b: ['copied-text'], c: [] })
  expect(problems).toMatchObject({ lines: 6, revisions: 1, conflicts: 2 })
})

test('a visit that was edited ten times is no copy of itself', async () => {
  const { assessed } = await assess(
    Array.from({ length: 10 }, (_, revision) =>
      visit('a', '05T09:00', { revision, text: text + '。'.repeat(revision) }),
    ),
  )
  expect(assessed).toEqual([expect.objectContaining({ visitId: 'a', verdict: 'fine', evidence: [] })])
})

test('a withdrawn visit is neither doubted nor compared with', async () => {
  const { assessed } = await assess([
    visit('a', '05T09:00', { text }),
    visit('a', '05T09:00', { text, revision: 1, withdrawn: true }),
    visit('b', '06T09:00', { text }),
  ])
  expect(assessed.map(({ verdict }) => verdict)).toEqual(['withdrawn', 'fine'])
})

test('bad lines are refused by name, and the good ones are assessed', async () => {
  const { assessed, problems } = await assess(['{"visitId":', '', '[1]', visit('a', '05T09:00'), '{"text": "x"}'])
  expect(assessed.map(({ visitId }) => visitId)).toEqual(['a'])
  expect(problems.refused).toBe(3)
  expect(problems.refusals[0]).toMatch(/\.jsonl:1: It is not JSON/)
  expect(problems.refusals[2]).toMatch(/\.jsonl:5: It has no visitId/)
})

test('missing fields are no evidence', async () => {
  const { assessed } = await assess([{ visitId: 'a' }, { visitId: 'b', salespersonId: 's' }, { visitId: 'c', text }])
  for (const one of assessed)
    expect(one).toMatchObject({ falseScore: 0, invalidScore: 0, verdict: 'fine', evidence: [] })
})

test('impossible positions count as none, by device; swapped ones are recognised by where the person is', async () => {
  const place = (latitude: number, longitude: number) => ({ place: { latitude, longitude }, deviceId: 'phone' })
  const usual = Array.from({ length: 6 }, (_, i) => visit(`u${i}`, `0${i + 1}T09:00`, place(52.5 + i / 100, 13.4)))
  const { assessed, problems } = await assess([
    ...usual,
    visit('zero', '10T09:00', place(0, 0)),
    visit('swapped', '11T09:00', place(121.4, 31.2)),
    visit('elsewhere', '01T10:00', place(13.4, 52.5)),
    visit('beyond', '13T09:00', place(31, 999)),
  ])
  expect(assessed.filter(({ evidence }) => evidence.length > 0)).toEqual([])
  expect(problems.faults).toEqual({ zero: 1, swapped: 2, 'out of range': 1 })
  expect(problems.noPlaceByDevice).toEqual({ phone: 4 })
})

test('visits in the future, and clocks that contradict each other, have no known time', async () => {
  const { assessed, problems } = await assess([
    { ...visit('a', '05T09:00'), occurredAt: '2030-01-01T00:00Z', enteredAt: '2030-02-01T00:00Z' },
    visit('b', '05T09:00', { enteredAt: '2026-01-05T01:00+08:00' }),
    visit('c', '05T09:00', { checkInAt: '2026-01-05T10:00+08:00', checkOutAt: '2026-01-05T09:00+08:00' }),
  ])
  expect(assessed.flatMap(({ evidence }) => evidence)).toEqual([])
  expect(problems.faults).toEqual({
    'in the future': 1,
    'entered before it happened': 1,
    'check-out before check-in': 1,
  })
})

test('only the beginning of a text of 100 kB is compared', async () => {
  const long = text.repeat(2_000)
  const { assessed } = await assess([visit('a', '05T09:00', { text: long }), visit('b', '06T09:00', { text: long })])
  expect(kinds(assessed)['b']).toEqual(['copied-text'])
})

test('a sentence that many people use is a template: only the rest is compared', async () => {
  const template = '拜访目的：了解客户的经营情况和融资需求，维护良好的合作关系。客户反馈：'
  const own = ['要换一台旧机器', '仓库漏水在修理', '刚刚结清车贷', '等女儿毕业再说', '今年只做出口单']
  const { assessed } = await assess(
    own.map((words, i) =>
      visit(`v${i}`, `0${i + 1}T09:00`, { salespersonId: `s${i}`, text: `${template}${words}，下周联系。` }),
    ),
  )
  expect(assessed.filter(({ evidence }) => evidence.some(({ kind }) => kind === 'copied-text'))).toEqual([])
})

test('places hold from a day on, and the nearest counts', async () => {
  const file = fileOf([
    { customerId: 'c', latitude: 31.2, longitude: 121.5, address: 'x', validUntil: '2026-01-10T00:00+08:00' },
    { customerId: 'c', latitude: 31.3, longitude: 121.5, validFrom: '2026-01-10T00:00+08:00' },
    { customerId: 'c', latitude: 121, longitude: 31 },
    { customerId: 'd' },
    'x',
  ])
  const places = await readPlaces(file, { onWarning: () => {} })
  expect(places).toMatchObject({ customers: 1, places: 2 })
  expect(places.problems.refusals).toEqual([
    expect.stringMatching(/:3: Its position is swapped/),
    expect.stringMatching(/:4: .*latitude: It is missing/),
    expect.stringMatching(/:5: It is not JSON/),
  ])
  expect(places.problems.leftOut).toMatchObject({ address: { count: 1 } })
  const at = (day: string, latitude: number) =>
    visit(`${day}-${latitude}`, `${day}T09:00`, { customerId: 'c', place: { latitude, longitude: 121.5 } })
  const { assessed } = await assess([at('05', 31.2), at('06', 31.3), at('15', 31.2), at('16', 31.3)], { places })
  expect(kinds(assessed)).toEqual({
    '05-31.2': [],
    '06-31.3': ['far-from-places'],
    '15-31.2': ['far-from-places'],
    '16-31.3': [],
  })
})

test('the rules over visit count and probability decide if both are known', async () => {
  const rules = [{ ...noConditions, verdict: 'invalid' as const, visitCountMin: 3, probabilityBelow: 0.2 }]
  const made = [0.1, 0.1, 0.1, 0.5].map((probability, i) =>
    visit(`v${i}`, `0${i + 1}T09:00`, { opportunityId: 'o', probability }),
  )
  const { assessed } = await assess(made, { policy: { ...defaultPolicy, rules } })
  expect(assessed.map(({ verdict }) => verdict)).toEqual(['fine', 'fine', 'invalid', 'fine'])
  expect(assessed[2]!.evidence[0]).toMatchObject({ kind: 'policy-rule', score: 1 })
})

test('a policy file changes the weights; a contradictory one is refused', async () => {
  const file = fileOf([
    { evidence: [{ kind: 'mocked-place', falseWeight: 0, invalidWeight: 0 }], sharedDevices: ['tablet'] },
  ])
  const policy = await readPolicy(file)
  const mocked = visit('a', '05T09:00', { place: { latitude: 31.2, longitude: 121.5, mocked: true } })
  const { assessed } = await assess([mocked], { policy })
  expect(assessed[0]).toMatchObject({ verdict: 'fine', evidence: [] })
  await expect(readPolicy(fileOf([{ evidence: [{ kind: 'luck' }] }]))).rejects.toThrow(/There is no evidence luck/)
  await expect(readPolicy(fileOf([{ falseFrom: 2, rules: 1 }]))).rejects.toThrow(/falseFrom.*between 0 and 1/s)
  await expect(readPolicy(join(folder, 'none.json'))).rejects.toThrow(/can’t be read/)
})

test('counts and the report show what was found and what was unknown', async () => {
  const result = await assess([
    '{',
    visit('<b>', '05T09:00', { place: { latitude: 1, longitude: 2, mocked: true }, hobby: 1 }),
  ])
  const counts = countFile(result)
  expect(counts).toMatchObject({
    visits: 1,
    verdicts: { suspected_false: 1, fine: 0 },
    evidence: { 'mocked-place': 1 },
    refused: 1,
    leftOut: { hobby: 1 },
  })
  const html = visitsReport('visits.jsonl', result, counts)
  expect(html).toContain('&lt;b&gt;')
  expect(html).not.toContain('<b>&lt;b&gt;')
  expect(html).toMatch(/hobby left out 1 times/)
  expect(visitsReport('visits.jsonl', result, counts)).toBe(html)
})
