/** Runs the queries of docs/bi.md exactly as printed there, as the role that it tells to make. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import pg from 'pg'
import { callAttempts } from '../../schemas/calls/call-attempts.ts'
import { campaignQueue } from '../../schemas/calls/campaign-queue.ts'
import { calls } from '../../schemas/calls/calls.ts'
import { contactPermissions } from '../../schemas/calls/contact-permissions.ts'
import { contactRefusals } from '../../schemas/calls/contact-refusals.ts'
import { routingDecisions } from '../../schemas/calls/routing-decisions.ts'
import type { LabelledRow } from '../../schemas/models/labelled-rows.ts'
import { outcomes } from '../../schemas/models/outcomes.ts'
import { scores } from '../../schemas/models/scores.ts'
import type { Topic } from '../../schemas/topic.ts'
import { cases } from '../../schemas/visits/cases.ts'
import { shadowAssessments } from '../../schemas/visits/shadow-assessments.ts'
import { visitAssessments } from '../../schemas/visits/visit-assessments.ts'
import { opportunities, visits } from '../../schemas/visits/visits.ts'
import { openDatabase } from '../../store/database.ts'
import { grantBiRole, revokeBiRole } from '../../store/operations/bi-roles.ts'
import { putLabelled } from '../store/models/put-labelled.ts'
import { put } from '../store/store-under-test.ts'
import { migratedDatabase, uniqueName } from '../support/services.ts'
import { answers } from './bi-answers.ts'
import * as world from './bi-world.ts'

const document = readFileSync(resolve(import.meta.dirname, '../../docs/bi.md'), 'utf8')
const questions = [...document.matchAll(/^### (\d+)\. (.+)\n(?:(?![#`]).*\n)*```sql\n([^]*?)^```$/gm)].map(
  ([, number, question, query]) => ({ number: Number(number), question: question!, query: query! }),
)

const events: readonly [Topic, readonly unknown[]][] = [
  [opportunities as Topic, world.opportunities],
  [visits as Topic, world.visits],
  [scores as Topic, world.conversionScores],
  [outcomes as Topic, [...world.conversions, ...world.callConversions]],
  [visitAssessments as Topic, world.assessments],
  [cases as Topic, world.reviews],
  [calls as Topic, world.madeCalls],
  [campaignQueue as Topic, world.queue],
  [callAttempts as Topic, world.attempts],
  [contactRefusals as Topic, world.refusals],
  [contactPermissions as Topic, world.permissions],
  [routingDecisions as Topic, world.routing],
  [shadowAssessments as Topic, world.shadows],
]

const name = uniqueName('bi').replaceAll('-', '_')
const BIGINT = 20
const DATE = 1082
const NUMERIC = 1700
const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [BIGINT]: Number,
  [NUMERIC]: Number,
  [DATE]: String,
}
const getTypeParser = ((oid: number) => parsers[oid] ?? pg.types.getTypeParser(oid)) as typeof pg.types.getTypeParser

let client: pg.Client
let labelled: LabelledRow[]
let close: () => Promise<void>
beforeAll(async () => {
  const { url, drop } = await migratedDatabase()
  const database = openDatabase({ url, poolMax: 2 })
  for (const [topic, values] of events) expect(await put(database, topic, values)).toEqual({ refused: 0 })
  labelled = await putLabelled(database, { scores: world.conversionScores, outcomes: world.conversions })
  await grantBiRole(database, { name, password: 'for-this-test-only', statementTimeoutS: 10 })
  const own = Object.assign(new URL(url), { username: name, password: 'for-this-test-only' })
  client = new pg.Client({ connectionString: own.href, types: { getTypeParser } })
  await client.connect()
  close = async () => {
    await client.end()
    await revokeBiRole(database, name)
    await database.destroy()
    await drop()
  }
}, 60_000)
afterAll(() => close())

/** Sums in another order differ in their last digits. */
const rounded = (rows: readonly Readonly<Record<string, unknown>>[]) =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([column, value]) => [
        column,
        typeof value === 'number' ? Number(value.toPrecision(9)) : value,
      ]),
    ),
  )

test('the document asks twenty questions, in order', () => {
  expect(questions.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
  expect(document.match(/^```sql$/gm)).toHaveLength(20)
})

test.each(questions)('$number. $question', async ({ number, query }) => {
  const { rows } = await client.query<Record<string, unknown>>(query)
  const expected = answers(labelled)[number - 1]!
  expect(expected.length).toBeGreaterThan(1)
  expect(rounded(rows)).toEqual(rounded(expected))
})
