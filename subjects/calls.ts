import { turnsRoutes } from '../api/calls/turns.ts'
import { turnFeatures } from '../features/calls/turns.ts'
import { customerFeatures } from '../features/customers/customer.ts'
import { turnAnalysis } from '../processors/calls/turn-analysis.ts'
import { calls as callTopic } from '../schemas/calls/calls.ts'
import { turnAnalyses, turns } from '../schemas/calls/turns.ts'
import { turnAnalysesWriter } from '../store/calls/turns.ts'
import type { Subject } from './subject.ts'

/** Whom to call, and what is said in a call. */
export const calls: Subject = {
  name: 'calls',
  topics: [callTopic, turns, turnAnalyses],
  featureSets: [turnFeatures],
  processors: [turnAnalysis],
  learnableTasks: [{ task: 'call-conversion', features: customerFeatures, algorithm: 'logistic' }],
  writers: [turnAnalysesWriter],
  routes: [turnsRoutes],
}
