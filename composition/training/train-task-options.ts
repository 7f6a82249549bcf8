import type { Database } from '../../store/database.ts'
import type { CommandContext } from '../context.ts'
import { VERSION } from '../version.ts'
import { backboneOf } from './backbone.ts'

/** Returns the options that every training of the platform has. */
export function trainTaskOptions({ config }: CommandContext, database: Database) {
  return {
    database,
    codeVersion: VERSION,
    useProtected: config.USE_PROTECTED_ATTRIBUTES,
    backbone: backboneOf(config),
    compare: true,
    rowsMax: config.RETRAIN_ROWS_MAX,
  }
}
