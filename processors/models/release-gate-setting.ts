import { releaseGates, type ReleaseGate } from '../../schemas/models/release-gates.ts'
import { versionedSetting } from '../../schemas/platform/versioned-setting.ts'

/** The rules of a gate. */
export type GateRules = Omit<ReleaseGate, 'id' | 'occurredAt' | 'source' | 'task' | 'version' | 'changedBy'>

export const defaultGate: GateRules = {
  labelsMin: 20,
  lossMarginMin: 0,
  confidence: 0.8,
  calibrationErrorMax: 0.25,
  groupLossRiseMax: 0.1,
  groupRowsMin: 200,
  rowMsMax: 250,
  scoreShiftMax: null,
  movedShareMax: 0.3,
  threshold: null,
  liveLabelsMin: 200,
  liveLossRiseMax: 0.2,
  liveAucMin: null,
  inputShiftMax: 0.25,
  missingRiseMax: 0.1,
  liveScoreShiftMax: 0.25,
  ageDaysMax: null,
}

/** Tasks whose models pass the gate. The intent model has its own rule, since it learns step by step. */
const tasks = ['conversion', 'false-visit', 'loan-demand', 'call-conversion', 'recommendation', 'preferences']

export const releaseGateSetting = versionedSetting({
  name: 'release-gate',
  path: '/release-gates',
  doc: 'Rules for releasing a model of a task without a person, and for taking it back.',
  topic: releaseGates,
  key: 'task',
  defaults: new Map(tasks.map((task) => [task, defaultGate])),
})
