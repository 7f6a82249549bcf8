import type { DefineCommand } from './define-command.ts'
import { defineAdopt } from './run/adopt.ts'
import { defineApi } from './run/api.ts'
import { defineBench } from './inspect/bench.ts'
import { defineDeadLetters } from './inspect/dead-letters.ts'
import { defineExplain } from './train/explain.ts'
import { defineImport } from './data/import.ts'
import { defineMigrate } from './run/migrate.ts'
import { defineModels } from './train/models.ts'
import { definePredict } from './train/predict.ts'
import { defineProcessors } from './run/processors.ts'
import { defineReplay } from './data/replay.ts'
import { defineRetrainer } from './run/retrainer.ts'
import { defineSimulator } from './run/simulator.ts'
import { defineSink } from './run/sink.ts'
import { defineState } from './inspect/state.ts'
import { defineThresholds } from './inspect/thresholds.ts'
import { defineTopics } from './inspect/topics.ts'
import { defineTrain } from './train/train.ts'
import { defineUp } from './run/up.ts'
import { defineVerify } from './inspect/verify.ts'

/** Every subcommand, in the order in which the help lists them. */
export const commands: readonly DefineCommand[] = [
  defineUp,
  defineProcessors,
  defineSink,
  defineApi,
  defineRetrainer,
  defineSimulator,
  defineMigrate,
  defineAdopt,
  defineTopics,
  defineImport,
  defineReplay,
  defineTrain,
  definePredict,
  defineExplain,
  defineModels,
  defineState,
  defineDeadLetters,
  defineThresholds,
  defineVerify,
  defineBench,
]
