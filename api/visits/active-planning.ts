import { planning, type Planning } from '../../schemas/visits/planning.ts'
import { newestSetting } from '../../store/versioned-settings.ts'
import type { ApiPorts } from '../ports.ts'

/** Returns the newest version of the planning setting, or its default. */
export async function activePlanning({ database, settings }: ApiPorts): Promise<Planning> {
  const setting = settings.find(({ topic }) => topic.name === planning.name)
  if (setting === undefined) throw new Error('The setting of the topic planning is not registered.')
  const [[name, value]] = [...setting.defaults] as [[string, object]]
  return ((await newestSetting(database, setting, name))?.value ?? value) as Planning
}
