import { createScriptedCalls } from '../../composition/scripted-calls.ts'
import { calls, type Call } from '../../schemas/calls/calls.ts'
import type { ScriptChoice } from '../../schemas/calls/script-choices.ts'
import { profiles } from '../../schemas/customers/profiles.ts'
import type { Outcome } from '../../schemas/models/outcomes.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import { simulatedScripts } from '../../simulator/calls/script-tastes.ts'
import { createWorld } from '../../simulator/world.ts'
import { openDatabase, type Database } from '../../store/database.ts'
import { put } from '../store/store-under-test.ts'
import { migratedDatabase } from '../support/services.ts'

const START = Date.UTC(2026, 0, 4, 16)
const published: ScriptChoice[] = []
const warnings: string[] = []
let database: Database
let drop: () => Promise<void>
beforeAll(async () => {
  const made = await migratedDatabase()
  drop = made.drop
  database = openDatabase({ url: made.url, poolMax: 2 })
})
afterAll(async () => {
  await database.destroy()
  await drop()
})

test('the platform chooses the script of a simulated call, and call and outcome follow the choice', async () => {
  const arrivals = [
    ...createWorld({ seed: 'scripted', customers: 40, startAt: START }).history(START, START + 12 * DAY_MS),
  ]
  const scripted = arrivals.filter((one) => one.scripted !== undefined)
  const known = arrivals.filter(({ topic }) => topic === profiles.name).map(({ event }) => event)
  const [first] = scripted
  await put(
    database,
    profiles,
    known.filter((event) => (event as never as Call).customerId !== first!.scripted!.customerId) as never,
  )
  const centre = createScriptedCalls(
    database,
    {
      publish(_, events) {
        published.push(...(events as ScriptChoice[]))
        return Promise.resolve([])
      },
    },
    (_, message) => void warnings.push(message),
  )
  await centre.prepare()
  await centre.prepare()
  expect(warnings).toEqual([])

  expect(await centre.withChosenScript(first!)).toBe(first)
  expect(warnings).toEqual(['A simulated call was given no script'])

  const used = new Set<string>()
  for (const arrival of scripted) {
    const { event } = await centre.withChosenScript(arrival)
    const choice = published.find(({ callId }) => callId === arrival.scripted!.callId)
    if (choice === undefined) continue
    used.add(choice.template)
    expect(choice).toMatchObject({
      occurredAt: arrival.scripted!.startedAt,
      targetGroup: expect.stringMatching(/^simulated-/),
    })
    if (arrival.topic === calls.name)
      expect(event).toMatchObject({ script: choice.template, scriptVersion: choice.templateVersion })
    else {
      const changes = arrival.scripted!.changes as Record<string, Pick<Outcome, 'value'>>
      expect((event as unknown as Outcome).value).toBe(changes[choice.template]!.value)
    }
  }
  expect([...used].sort()).toEqual([...simulatedScripts].sort())
  // Call and outcome of a call, and events that arrive twice, have one choice.
  expect(new Set(published.map(({ callId }) => callId)).size).toBe(published.length)
})
