import { existsSync, readFileSync } from 'node:fs'
import { webhookSourceSetting } from '../../processors/webhooks/webhook-source-setting.ts'
import { newestSetting } from '../../store/versioned-settings.ts'
import { compileMapping, MappingError, type Mapping } from '../../webhooks/mapping/compile-mapping.ts'
import type { CommandContext } from '../context.ts'
import { withDatabase } from '../database.ts'

/** Returns the mapping in a file, or that of a webhook source. Throws if there is neither, or if it can't be compiled. */
export async function mappingNamed(here: CommandContext, fileOrSource: string): Promise<Mapping> {
  if (existsSync(fileOrSource)) return compiled(readFileSync(fileOrSource, 'utf8'), fileOrSource)
  const set = await withDatabase(here, 'import-table', (database) =>
    newestSetting(database, webhookSourceSetting, fileOrSource),
  )
  const source = set?.value ?? webhookSourceSetting.defaults.get(fileOrSource)
  if (source === undefined)
    throw new Error(
      `There is neither a file nor a webhook source ${fileOrSource}. Give the file of a mapping (docs/webhooks.md).`,
    )
  return compiled(source.mapping, fileOrSource)
}

function compiled(text: string, name: string): Mapping {
  try {
    return compileMapping(text)
  } catch (error) {
    if (error instanceof MappingError)
      throw new Error(`The mapping ${name} is refused: ${error.message}`, { cause: error })
    throw error
  }
}
