import { existsSync } from 'node:fs'
import type { DefineCommand } from '../define-command.ts'
import type { ReplayOptions } from '../../composition/replay-file.ts'

export const defineReplay: DefineCommand = (command, context) => {
  command
    .argument('<file>', 'event file; .gz is unpacked')
    .option('--speed <factor>', 'speed relative to the event times; default: as fast as possible', Number)
    .option('--dry-run', 'validate every line without sending')
    .action(async (file: string, options: ReplayOptions) => {
      if (options.speed !== undefined && !(options.speed > 0)) throw new Error('--speed must be a number above 0.')
      if (!existsSync(file)) throw new Error(`There is no file ${file}.`)
      // Imported here so that --help doesn't load all topics.
      const { replayFile } = await import('../../composition/replay-file.ts')
      await replayFile(context(), file, options)
    })
}
