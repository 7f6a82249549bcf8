import { labelHoldsRoutes } from '../api/models/label-holds.ts'
import { modelActsRoutes } from '../api/models/model-acts.ts'
import { modelReportsRoutes } from '../api/models/model-reports.ts'
import { modelTasksRoutes } from '../api/models/model-tasks.ts'
import { modelsRoutes } from '../api/models/models.ts'
import { scoreRoute } from '../api/models/score.ts'
import { trainingsRoutes } from '../api/models/trainings.ts'
import { scoresRoutes } from '../api/models/scores.ts'
import { releaseGateSetting } from '../processors/models/release-gate-setting.ts'
import { explorationSetting } from '../processors/models/exploration-setting.ts'
import { labelJoin } from '../processors/models/label-join.ts'
import { trustedSourceSetting } from '../processors/models/trusted-source-setting.ts'
import { explorations } from '../schemas/models/explorations.ts'
import { labelledRows } from '../schemas/models/labelled-rows.ts'
import { modelActsTopic } from '../schemas/models/model-acts.ts'
import { outcomes } from '../schemas/models/outcomes.ts'
import { releaseGates } from '../schemas/models/release-gates.ts'
import { releases } from '../schemas/models/releases.ts'
import { scores } from '../schemas/models/scores.ts'
import { shadowScores } from '../schemas/models/shadow-scores.ts'
import { trustedSources } from '../schemas/models/trusted-sources.ts'
import { shadowScoresWriter } from '../store/models/shadow-scores.ts'
import { labelledRowsWriter } from '../store/models/labelled-rows.ts'
import { outcomesWriter } from '../store/models/outcomes.ts'
import { scoresWriter } from '../store/models/scores.ts'
import { modelPersons } from '../store/models/persons.ts'
import type { Subject } from './subject.ts'

/** Models, their scores, the outcomes, and the rows that they label. */
export const models: Subject = {
  name: 'models',
  topics: [
    outcomes,
    scores,
    shadowScores,
    releases,
    releaseGates,
    modelActsTopic,
    labelledRows,
    trustedSources,
    explorations,
  ],
  processors: [labelJoin],
  settings: [releaseGateSetting, trustedSourceSetting, explorationSetting],
  writers: [outcomesWriter, scoresWriter, shadowScoresWriter, labelledRowsWriter],
  personTables: modelPersons,
  routes: [
    scoresRoutes,
    scoreRoute,
    modelsRoutes,
    modelActsRoutes,
    modelTasksRoutes,
    modelReportsRoutes,
    trainingsRoutes,
    labelHoldsRoutes,
  ],
  liveTopics: [scores],
}
