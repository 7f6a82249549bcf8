import { processors } from '../../../subjects/subjects.ts'
import { checkOpenFiles, openFilesAllowed, openFilesNeeded } from '../../open-files.ts'
import { ok, type Check } from '../check.ts'

export const openFiles: Check = {
  name: 'open files',
  run({ config }) {
    const needed = openFilesNeeded(config, processors.length, config.KAFKA_BROKERS === undefined)
    const allowed = openFilesAllowed()
    checkOpenFiles(needed, allowed)
    return Promise.resolve([ok(`A process may have ${allowed} files open, and needs at most ${needed}.`)])
  },
}
