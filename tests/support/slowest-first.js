/**
 * Starts the slowest files first, so that the run does not end with one worker at a long file and the other idle. On a
 * fresh clone there are no durations, and jest then goes by file size: the slowest files are among the smallest.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Sequencer from '@jest/test-sequencer'

/** Durations in seconds on two cores, from a run of the whole suite; only the longest. */
const SECONDS = {
  'tests/end-to-end/documented-commands.test.ts': 480,
  'tests/soak/faults-of-brokers.test.ts': 194,
  'tests/soak/faults-around.test.ts': 115,
  'tests/soak/faults-of-processes.test.ts': 107,
  'tests/dashboard/src/languages.test.ts': 120,
  'tests/composition/backup/backup.test.ts': 58,
  'tests/end-to-end/erase-personal-data.test.ts': 80,
  'tests/composition/archive/archive.test.ts': 60,
  'tests/end-to-end/brokers-that-die.test.ts': 89,
  'tests/end-to-end/cluster.test.ts': 68,
  'tests/kafka/three-brokers.test.ts': 67,
  'tests/end-to-end/extreme-events.test.ts': 60,
  'tests/composition/engine/stream-threads.test.ts': 52,
  'tests/docs/architecture.test.ts': 49,
  'tests/end-to-end/missing-rights.test.ts': 48,
  'tests/end-to-end/kill-processors.test.ts': 47,
  'tests/commands/train/train-text.test.ts': 43,
  'tests/examples/extension.test.ts': 42,
  'tests/composition/sink/sink.test.ts': 39,
  'tests/runtimes/tensorflow/bert-learner.test.ts': 38,
  'tests/kafka/admin/hanging-transactions.test.ts': 34,
  'tests/kafka/transaction-faults.test.ts': 34,
  'tests/end-to-end/kill-routing.test.ts': 30,
  'tests/examples/packages.test.ts': 29,
  'tests/end-to-end/kill-sink.test.ts': 28,
  'tests/end-to-end/verify.test.ts': 27,
  'tests/kafka/group/group.test.ts': 26,
  'tests/docs/site.test.ts': 25,
  'tests/commands/main.test.ts': 23,
  'tests/end-to-end/kill-session.test.ts': 23,
  'tests/end-to-end/kill-deliveries.test.ts': 22,
  'tests/dashboard/src/app.test.ts': 20,
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
