/** The stream learns how usual repeated positions are, as a file does, and then decides alike what is evidence. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assessFile } from '../../../composition/visits/assess-file.ts'
import { readPlaces } from '../../../composition/visits/known-places.ts'
import { defaultPolicy } from '../../../processors/visits/default-policy.ts'
import { positionHabitsProcessor } from '../../../processors/visits/position-habits.ts'
import type { Message, Topic } from '../../../schemas/topic.ts'
import type { CustomerPlace } from '../../../schemas/visits/places.ts'
import { positionCounts, type PositionHabit } from '../../../schemas/visits/position-habits.ts'
import type { Visit } from '../../../schemas/visits/visits.ts'
import { createReplay, noGlobals } from '../../../streams/replay/replay.ts'
import { globals, START, visit } from '../scoring-fixtures.ts'
import { evidenceStream } from './evidence-stream.ts'

const PEOPLE = 4
const DAYS = 20
const customerAt = (person: number, day: number) => ({
  latitude: 31.2 + person / 10 + day / 1_000 + 0.0000137,
  longitude: 121.4 + day / 1_000 + 0.0000291,
})

/**
 * Creates a world with one customer per day and person. `exact`: whether the position equals the customer’s to the last
 * digit.
 */
function world(exact: (person: number, day: number) => boolean): { visits: Visit[]; places: CustomerPlace[] } {
  const all = Array.from({ length: PEOPLE * DAYS }, (_, i) => ({ person: i % PEOPLE, day: Math.floor(i / PEOPLE) }))
  const idOf = ({ person, day }: (typeof all)[number]) => `${person}-${day}`
  return {
    visits: all.map(({ person, day }) => {
      const { latitude, longitude } = customerAt(person, day)
      const off = exact(person, day) ? 0 : 0.0001 + day / 1e7
      const id = idOf({ person, day })
      const place = { latitude: latitude + off, longitude, accuracyM: 12, ageS: 1, mocked: null }
      const who = { customerId: `c-${id}`, opportunityId: `o-${id}`, salespersonId: `s${person}` }
      return visit(`v${id}`, day, { ...who, place, text: '' })
    }),
    places: all.map((one) => ({
      ...{ id: `p${idOf(one)}`, occurredAt: START, source: 'test', placeId: `p${idOf(one)}`, revision: 0 },
      ...{
        customerId: `c-${idOf(one)}`,
        withdrawn: false,
        name: null,
        radiusM: null,
        validFrom: null,
        validUntil: null,
      },
      ...customerAt(one.person, one.day),
    })),
  }
}

const isJitter = ({ evidence }: { readonly evidence: readonly { readonly kind: string }[] }) =>
  evidence.some(({ kind }) => kind === 'no-jitter')

async function ofFile({ visits, places }: ReturnType<typeof world>): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'habits-'))
  const [file, placesFile] = [join(folder, 'visits.jsonl'), join(folder, 'places.jsonl')]
  writeFileSync(file, visits.map((one) => JSON.stringify(one)).join('\n'))
  writeFileSync(placesFile, places.map((one) => JSON.stringify(one)).join('\n'))
  const known = await readPlaces(placesFile, { onWarning: () => {} })
  const options = { policy: defaultPolicy, places: known, onWarning: () => {}, until: Number.MAX_SAFE_INTEGER }
  const { assessed } = await assessFile(file, options)
  return assessed.flatMap((one) => (isJitter(one) ? [one.visitId] : [])).sort()
}

/** Returns the stream’s assessments once it knows what is usual, and the habit that it has learned. */
async function ofStream({ visits, places }: ReturnType<typeof world>) {
  const counts: Message[] = []
  const stream = evidenceStream({
    batchSize: 9,
    onMessage: (one) => void (one.topic === (positionCounts as Topic) && counts.push(one)),
  })
  await stream.place(...places)
  await stream.visit(...visits)
  const told = counts.map(({ topic, value }) => ({ topic, value }))
  const habits = await createReplay(positionHabitsProcessor, { batchSize: 5 }).run(told, noGlobals)
  await stream.reevaluate(globals({ settings: habits.slice(-1) }))
  const found = [...stream.assessments.values()].flatMap((one) => (isJitter(one) ? [one.visitId] : [])).sort()
  return { found, habit: habits.at(-1)!.value as PositionHabit, published: habits.length, told: counts.length }
}

test('positions that one salesperson replays at known places are found if nobody else’s are so exact', async () => {
  const cheat = world((person, day) => person === 0 && day < 6)
  const { found, habit, published, told } = await ofStream(cheat)
  expect(found).toEqual(Array.from({ length: 6 }, (_, day) => `v0-${day}`).sort())
  expect(found).toEqual(await ofFile(cheat))
  expect(habit.repeated / habit.measured).toBeCloseTo(6 / 80, 1)
  expect(published).toBeLessThan(6)
  // Not each of the 80 visits leads to a published count.
  expect(told).toBeLessThan(70)
})

test('a correction without the position withdraws the position’s evidence', async () => {
  const stream = evidenceStream()
  const place = { latitude: 31.2345678, longitude: 121.4567891, accuracyM: 8, ageS: 3, mocked: null }
  const played = [1, 2, 3, 4].map((day) => visit(`v${day}`, day, { customerId: `c${day}`, place, text: '' }))
  await stream.visit(...played)
  const doubted = () => [...stream.assessments.values()].filter(isJitter).map(({ visitId }) => visitId)
  expect(doubted()).toEqual(['v1', 'v2', 'v3', 'v4'])
  await stream.visit({ ...played[0]!, id: 'corrected', revision: 1, place: null })
  expect(doubted()).toEqual(['v2', 'v3', 'v4'])
})

test('they are no evidence if the CRM fills in the address for many', async () => {
  const usual = world((person, day) => person < 2 || day < 6)
  expect((await ofStream(usual)).found).toEqual([])
  expect(await ofFile(usual)).toEqual([])
})
