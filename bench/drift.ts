import type { Benchmark } from './benchmark.ts'
import { bankStream } from './drift/bank-stream.ts'
import { plantedDrifts } from './drift/planted-drifts.ts'
import { tableNamed } from './models/data-sets.ts'
import { preparePython } from './models/python.ts'

const EACH = 30
const QUICK_EACH = 4

export const drift: Benchmark = {
  needsBroker: false,
  async run({ directory, quick, log }) {
    const python = await preparePython(log, 'requirements-drift.txt').catch((error: Error) => {
      log(`river and evidently can't be installed, so that there is nothing beside: ${error.message}`)
      return undefined
    })
    const planted = await plantedDrifts(python, directory, quick ? QUICK_EACH : EACH)
    log(JSON.stringify(planted))
    const table = await tableNamed('bank_marketing')
    if (table === undefined) log('bank_marketing is skipped: the data are not present.')
    return {
      planted,
      bankMarketing: table === undefined ? 'skipped: data not present' : await bankStream(table, quick),
    }
  },
}
