import type { Benchmark } from './benchmark.ts'
import { calls } from './calls.ts'
import { callConversion } from './call-conversion.ts'
import { codec } from './codec.ts'
import { customerFeatures } from './customer-features.ts'
import { drift } from './drift.ts'
import { engine } from './engine.ts'
import { models } from './models.ts'
import { hotKey } from './hot-key.ts'
import { growth } from './growth.ts'
import { idle } from './idle.ts'
import { intake } from './intake.ts'
import { intents } from './intents.ts'
import { liveTexts } from './live-texts.ts'
import { loanDemand } from './loan-demand.ts'
import { restore } from './restore.ts'
import { serving } from './serving.ts'
import { sink } from './sink.ts'
import { tables } from './tables.ts'
import { text } from './text.ts'
import { threads } from './threads.ts'
import { visits } from './visits.ts'
import { whole } from './whole.ts'

/** All benchmarks, one file each. */
export const benchmarks: readonly Benchmark[] = [
  engine,
  whole,
  customerFeatures,
  hotKey,
  threads,
  growth,
  sink,
  serving,
  restore,
  idle,
  intake,
  models,
  tables,
  drift,
  loanDemand,
  callConversion,
  text,
  intents,
  liveTexts,
  visits,
  calls,
  codec,
]
