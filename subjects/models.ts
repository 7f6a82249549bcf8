import { modelsRoute } from '../api/models/models.ts'
import { scoreRoute } from '../api/models/score.ts'
import { scoresRoutes } from '../api/models/scores.ts'
import { outcomes } from '../schemas/models/outcomes.ts'
import { releases } from '../schemas/models/releases.ts'
import { scores } from '../schemas/models/scores.ts'
import { outcomesWriter } from '../store/models/outcomes.ts'
import { scoresWriter } from '../store/models/scores.ts'
import type { Subject } from './subject.ts'

/** Models, their scores, and the outcomes. */
export const models: Subject = {
  name: 'models',
  topics: [outcomes, scores, releases],
  writers: [outcomesWriter, scoresWriter],
  routes: [scoresRoutes, scoreRoute, modelsRoute],
  liveTopics: [scores],
}
