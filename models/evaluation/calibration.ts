/**
 * Platt scaling: the probability is sigmoid(slope · log odds of the score + intercept). Platt's own A and B are the
 * negatives of both.
 */
export interface PlattCalibrator {
  readonly method: 'platt'
  readonly slope: number
  readonly intercept: number
}

/**
 * Isotonic calibration: linear interpolation between points, constant below the first and above the last score. Both
 * lists ascend.
 */
export interface IsotonicCalibrator {
  readonly method: 'isotonic'
  readonly scores: readonly number[]
  readonly values: readonly number[]
}

/** Mapping of a model's scores to calibrated probabilities: plain data that is stored with the model. */
export type Calibrator = PlattCalibrator | IsotonicCalibrator

/**
 * Mapping of class probabilities to calibrated ones: softmax(slope · log p + intercept of the class), Platt scaling for
 * more than two classes (temperature scaling with a bias: Alexandari et al. 2020). Plain data, stored with the model.
 */
export interface ClassCalibrator {
  readonly method: 'classes'
  readonly slope: number
  readonly intercepts: readonly number[]
}
