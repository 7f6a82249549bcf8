import type { DefineCommand } from './context.ts'
import { defineAdopt } from './adopt.ts'
import { defineApi } from './api-command.ts'
import { defineBench } from './bench.ts'
import { defineDeadLetters } from './dead-letters.ts'
import { defineExplain } from './explain.ts'
import { defineImport } from './import.ts'
import { defineMigrate } from './migrate.ts'
import { defineModels } from './models.ts'
import { definePredict } from './predict.ts'
import { defineProcessors } from './processors.ts'
import { defineReplay } from './replay.ts'
import { defineRetrainer } from './retrainer.ts'
import { defineSimulator } from './simulator.ts'
import { defineSink } from './sink-command.ts'
import { defineState } from './state.ts'
import { defineThresholds } from './thresholds.ts'
import { defineTopics } from './topics.ts'
import { defineTrain } from './train.ts'
import { defineUp } from './up.ts'
import { defineVerify } from './verify.ts'

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
