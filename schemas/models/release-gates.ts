import { documented, double, event, identifier, int, nullable, string, type TypeOf } from '../avro/schema.ts'
import { between, nonNegative } from '../rules.ts'
import { globalTopic } from '../topic.ts'
import { settingOfTheBank } from '../persons.ts'

export const ReleaseGate = event(
  'ReleaseGate',
  'Rules that a challenger must meet to be released without a person, and that its live scores must keep; a versioned table.',
  {
    task: identifier,
    version: int,
    labelsMin: documented('Minimum number of labelled rows that it is measured on.', between(20, 1e9, int)),
    lossMarginMin: documented(
      'By how much its loss must be below that of the model in use, at the upper end of the interval.',
      nonNegative(double),
    ),
    confidence: documented('Confidence of the interval of the difference in loss.', between(0.5, 0.999)),
    calibrationErrorMax: documented('Largest calibration error; null: no bound.', nullable(between(0, 1))),
    groupLossRiseMax: documented(
      'By how much its loss in any group of a protected attribute may be above that of the model in use; null: no bound.',
      nullable(nonNegative(double)),
    ),
    groupRowsMin: documented('Smaller groups are not judged.', between(10, 1e9, int)),
    rowMsMax: documented('Longest time to score a row in a batch, ms; null: no bound.', nullable(nonNegative(double))),
    scoreShiftMax: documented(
      'Largest population stability index between its scores and those in use for the same subjects; null: no bound.',
      nullable(nonNegative(double)),
    ),
    movedShareMax: documented(
      'Largest share of customers whom it would move across the threshold; above it the model is held. null: no bound.',
      nullable(between(0, 1)),
    ),
    threshold: documented(
      'Threshold for `movedShareMax`; null: that of the task, or 0.5 if it has none.',
      nullable(between(0, 1)),
    ),
    liveLabelsMin: documented(
      'Number of labels of its own live scores from which the live bounds apply.',
      between(20, 1e9, int),
    ),
    liveLossRiseMax: documented(
      'By how much its loss on its newest live labels may be above the loss at release before the former model returns; null: no bound.',
      nullable(nonNegative(double)),
    ),
    liveAucMin: documented(
      'Lowest AUC on its newest live labels before the former model returns; null: no bound.',
      nullable(between(0, 1)),
    ),
    inputShiftMax: documented(
      'By how much the population stability index of an input may rise after the release before monitoring warns; null: no bound.',
      nullable(nonNegative(double)),
    ),
    missingRiseMax: documented(
      'By how much the share of missing values of an input may rise after the release before monitoring warns; null: no bound.',
      nullable(between(0, 1)),
    ),
    liveScoreShiftMax: documented(
      'By how much the population stability index of the scores may rise after the release before monitoring warns; null: no bound.',
      nullable(nonNegative(double)),
    ),
    ageDaysMax: documented(
      'Days of event time since the newest row that the model in use learned from above which monitoring warns; null: no bound.',
      nullable(nonNegative(double)),
    ),
    changedBy: string,
  },
)
export type ReleaseGate = TypeOf<typeof ReleaseGate>

export const releaseGates = globalTopic<ReleaseGate>({
  name: 'release-gates',
  schema: ReleaseGate,
  key: 'task',
  persons: settingOfTheBank,
  keyOf: ({ task }) => task,
  versionOf: ({ version }) => version,
  producer: 'API',
})
