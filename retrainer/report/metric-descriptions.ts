export interface MetricDescription {
  readonly label: string
  readonly meaning: string
  readonly better: 'higher' | 'lower'
  /** Whether it is shown large at the top. */
  readonly isHeadline: boolean
}

const DESCRIPTIONS: Readonly<Record<string, MetricDescription>> = {
  auc: {
    label: 'AUC',
    meaning: 'How likely a positive scores above a negative',
    better: 'higher',
    isHeadline: true,
  },
  averagePrecision: {
    label: 'Average precision',
    meaning: 'Area under the precision-recall curve',
    better: 'higher',
    isHeadline: true,
  },
  kolmogorovSmirnov: {
    label: 'Kolmogorov–Smirnov',
    meaning: 'Largest distance between the two classes’ scores',
    better: 'higher',
    isHeadline: false,
  },
  logLoss: {
    label: 'Log loss',
    meaning: 'Mean surprise at what came true, in nats',
    better: 'lower',
    isHeadline: true,
  },
  brier: {
    label: 'Brier score',
    meaning: 'Mean squared distance of probability and truth',
    better: 'lower',
    isHeadline: false,
  },
  accuracy: { label: 'Accuracy', meaning: 'Share of right answers', better: 'higher', isHeadline: false },
  macroF1: {
    label: 'Macro F1',
    meaning: 'Mean over the classes of the harmonic mean of precision and recall',
    better: 'higher',
    isHeadline: true,
  },
  calibrationError: {
    label: 'Calibration error',
    meaning: 'Mean distance of promise and truth over ten bins',
    better: 'lower',
    isHeadline: true,
  },
  rmse: {
    label: 'RMSE',
    meaning: 'Root of the mean squared error, in the label’s unit',
    better: 'lower',
    isHeadline: true,
  },
  mae: { label: 'MAE', meaning: 'Mean absolute error, in the label’s unit', better: 'lower', isHeadline: true },
  rSquared: { label: 'R²', meaning: 'Share of the variance that is explained', better: 'higher', isHeadline: true },
}

/** Returns the words for a metric; one without a description is shown by its name. */
export function describeMetric(name: string): MetricDescription {
  return DESCRIPTIONS[name] ?? { label: name, meaning: '', better: 'higher', isHeadline: false }
}
