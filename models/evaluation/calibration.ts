/**
 * The probability is sigmoid(slope · log-odds of the score + intercept). Platt's own A and B are the negatives of both.
 */
export interface PlattCalibrator {
  readonly method: 'platt'
  readonly slope: number
  readonly intercept: number
}

/** Straight lines between points; below the first and above the last score its value. Both lists ascend. */
export interface IsotonicCalibrator {
  readonly method: 'isotonic'
  readonly scores: readonly number[]
  readonly values: readonly number[]
}

/** How a model's scores become probabilities that come true: plain data that is stored with the model. */
export type Calibrator = PlattCalibrator | IsotonicCalibrator

/**
 * How probabilities of several classes come true: softmax(slope · log p + intercept of the class), Platt's line for
 * more than two classes (temperature scaling with a bias: Alexandari et al. 2020). Plain data, stored with the model.
 */
export interface ClassCalibrator {
  readonly method: 'classes'
  readonly slope: number
  readonly intercepts: readonly number[]
}
