import { labelHoldsRoutes } from '../api/models/label-holds.ts'
import { modelsRoute } from '../api/models/models.ts'
import { scoreRoute } from '../api/models/score.ts'
import { trainingsRoutes } from '../api/models/trainings.ts'
import { scoresRoutes } from '../api/models/scores.ts'
import { labelJoin } from '../processors/models/label-join.ts'
import { trustedSourceSetting } from '../processors/models/trusted-source-setting.ts'
import { labelledRows } from '../schemas/models/labelled-rows.ts'
import { outcomes } from '../schemas/models/outcomes.ts'
import { releases } from '../schemas/models/releases.ts'
import { scores } from '../schemas/models/scores.ts'
import { trustedSources } from '../schemas/models/trusted-sources.ts'
import { labelledRowsWriter } from '../store/models/labelled-rows.ts'
import { outcomesWriter } from '../store/models/outcomes.ts'
import { scoresWriter } from '../store/models/scores.ts'
import type { Subject } from './subject.ts'

/** Models, their scores, the outcomes, and the rows that they label. */
export const models: Subject = {
  name: 'models',
  topics: [outcomes, scores, releases, labelledRows, trustedSources],
  settings: [trustedSourceSetting],
  processors: [labelJoin],
  writers: [outcomesWriter, scoresWriter, labelledRowsWriter],
  routes: [scoresRoutes, scoreRoute, modelsRoute, trainingsRoutes, labelHoldsRoutes],
  liveTopics: [scores],
}
