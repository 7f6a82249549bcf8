/**
 * The files that take longest begin first, so that the run does not end with one worker at a long file and the other
 * idle. A fresh clone knows no durations, and jest then goes by the size of the files: the slowest are among the
 * smallest.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Sequencer from '@jest/test-sequencer'

/** Seconds on two cores, as a run of the whole suite lists them; only those that stand out. */
const SECONDS = {
  'tests/soak/faults-of-brokers.test.ts': 130,
  'tests/soak/faults-of-processes.test.ts': 110,
  'tests/end-to-end/documented-commands.test.ts': 110,
  'tests/soak/faults-around.test.ts': 90,
  'tests/end-to-end/brokers-that-die.test.ts': 60,
  'tests/kafka/three-brokers.test.ts': 55,
  'tests/composition/engine/stream-threads.test.ts': 45,
  'tests/end-to-end/kill-sink.test.ts': 40,
  'tests/end-to-end/missing-rights.test.ts': 40,
  'tests/end-to-end/kill-processors.test.ts': 40,
  'tests/kafka/admin/hanging-transactions.test.ts': 40,
  'tests/commands/train/train-text.test.ts': 40,
  'tests/runtimes/tensorflow/bert-learner.test.ts': 35,
  'tests/commands/main.test.ts': 30,
  'tests/docs/architecture.test.ts': 30,
  'tests/generators/package.test.ts': 25,
  'tests/end-to-end/extreme-events.test.ts': 25,
  'tests/retrainer/training/texts/tune-text.test.ts': 25,
  'tests/retrainer/lifecycle/retrain.test.ts': 25,
  'tests/composition/sink/sink.test.ts': 24,
  'tests/end-to-end/verify.test.ts': 23,
  'tests/generators/api-types.test.ts': 20,
}

const project = join(import.meta.dirname, '../..')
for (const file of Object.keys(SECONDS))
  if (!existsSync(join(project, file)))
    throw new Error(`${file} is among the slow tests of tests/support/slowest-first.js, and is not there`)

const secondsOf = ({ path }) => Object.entries(SECONDS).find(([file]) => path.endsWith(`/${file}`))?.[1] ?? 0

export default class SlowestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => secondsOf(other) - secondsOf(one))
  }
}
