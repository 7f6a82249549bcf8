/** Runs the outbox, the case processor and the sink in turn, so that acts on a case take effect. */
import { visitCases } from '../../../processors/visits/cases/visit-cases.ts'
import { fromStoredJson } from '../../../schemas/json/stored-json.ts'
import { alerts } from '../../../schemas/customers/alerts.ts'
import type { Topic } from '../../../schemas/topic.ts'
import { caseActs } from '../../../schemas/visits/case-acts.ts'
import { cases } from '../../../schemas/visits/cases.ts'
import type { Database } from '../../../store/database.ts'
import { publishOutbox } from '../../../store/operations/outbox.ts'
import { createReplay, noGlobals, type ReplayInput } from '../../../streams/replay/replay.ts'
import { put } from '../../store/store-under-test.ts'

export interface CarriedCases {
  /** Folds the events and stores the resulting records of these topics. */
  publish(inputs: readonly ReplayInput[], topics?: readonly Topic[]): Promise<void>
  stop(): Promise<void>
}

export function carryCases(database: Database): CarriedCases {
  const replay = createReplay(visitCases)
  let isRunning = true
  /** Runs one at a time, since the test and the outbox share a processor and a sink. */
  let last: Promise<void> = Promise.resolve()

  function publish(inputs: readonly ReplayInput[], topics = [alerts, cases] as readonly Topic[]): Promise<void> {
    return (last = last.then(async () => {
      const messages = await replay.run(inputs, noGlobals)
      for (const topic of topics) {
        const values = messages.filter((one) => one.topic === topic).map(({ value }) => value)
        await put(database, topic, values)
      }
    }))
  }

  async function carry(): Promise<void> {
    while (isRunning) {
      const events: ReplayInput[] = []
      await publishOutbox(database, ({ topic, event }) => {
        if (topic === caseActs.name) events.push({ topic: caseActs, value: fromStoredJson(caseActs.schema, event) })
        return Promise.resolve()
      })
      await publish(events)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  const turning = carry()
  return {
    publish,
    async stop() {
      isRunning = false
      await turning
    },
  }
}
