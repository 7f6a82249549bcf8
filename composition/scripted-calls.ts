import { scriptChooser, type ChoicePorts } from '../api/calls/script-of-call.ts'
import type { ScriptChoice } from '../schemas/calls/script-choices.ts'
import { scriptTemplates } from '../schemas/calls/script-templates.ts'
import { targetGroups } from '../schemas/calls/target-groups.ts'
import type { VersionedSetting } from '../schemas/platform/versioned-setting.ts'
import type { Topic } from '../schemas/topic.ts'
import { simulatedGroups, simulatedTemplates } from '../simulator/calls/script-settings.ts'
import type { ScriptedEvent } from '../simulator/emit.ts'
import type { Arrival } from '../simulator/world.ts'
import { calls } from '../schemas/calls/calls.ts'
import type { Database } from '../store/database.ts'
import { newestSetting, setSetting } from '../store/versioned-settings.ts'
import type { Log } from '../streams/log.ts'
import { settings } from '../subjects/subjects.ts'
import type { Publisher } from './publisher.ts'

/** The call centre of the simulated world. */
export interface ScriptedCalls {
  /** Adds the centre’s templates and target groups, unless they were set before. Logs a failure. */
  prepare(): Promise<void>
  /** Returns the event as it is with the script that the platform chose for its call. */
  withChosenScript(arrival: Arrival): Promise<Arrival>
}

/** Number of failures that are logged. */
const LOGGED_MAX = 3

/** Creates a call centre that chooses the script of each call as a call system does, with the code of the API. */
export function createScriptedCalls(
  database: Database,
  publisher: Pick<Publisher, 'publish'>,
  log: Log,
): ScriptedCalls {
  let clock = 0
  const ports: ChoicePorts = {
    ...{ database, settings, simulatedClock: () => ({ now: clock, speed: 1 }) },
    publish: (topic, events) => publisher.publish(topic, events),
  }
  const scriptOf = scriptChooser(ports)
  let failures = 0
  const choose = async ({
    callId,
    customerId,
    product,
    startedAt,
  }: ScriptedEvent): Promise<ScriptChoice | undefined> => {
    clock = Math.max(clock, startedAt)
    const request = { callId, customerId, product, language: 'zh', now: startedAt }
    try {
      return (await scriptOf(request, {})).choice
    } catch (error) {
      // The world goes on: the call uses its own script, and no choice is recorded.
      if (failures++ < LOGGED_MAX) log('warn', 'A simulated call was given no script', { callId, error })
      return undefined
    }
  }
  return {
    async prepare() {
      try {
        await addMissing(database, settingOf(targetGroups), simulatedGroups)
        await addMissing(database, settingOf(scriptTemplates), simulatedTemplates)
      } catch (error) {
        log('warn', 'The scripts of the simulated call centre were not added', { error })
      }
    },
    async withChosenScript(arrival) {
      const { scripted, event, topic } = arrival
      const choice = scripted && (await choose(scripted))
      if (scripted === undefined || choice === undefined) return arrival
      const { template: script, templateVersion: scriptVersion } = choice
      const changes = topic === calls.name ? { script, scriptVersion } : (scripted.changes[script] ?? {})
      return { ...arrival, event: { ...event, ...changes } }
    },
  }
}

function settingOf({ name }: Pick<Topic, 'name'>): VersionedSetting {
  return settings.find(({ topic }) => topic.name === name)!
}

async function addMissing(
  database: Database,
  setting: VersionedSetting,
  values: ReadonlyMap<string, object>,
): Promise<void> {
  for (const [key, value] of values) {
    if ((await newestSetting(database, setting, key)) !== undefined) continue
    await setSetting(database, setting, { key, value, changedBy: 'simulator', expectedVersion: 0 })
  }
}
