/** Returns the probability that a positive is ranked above a negative; ties count half. */
export function auc(scored: readonly { readonly score: number; readonly positive: boolean }[]): number {
  const ordered = [...scored].sort((left, right) => left.score - right.score)
  const positives = ordered.filter(({ positive }) => positive).length
  let rankSum = 0
  for (let i = 0; i < ordered.length;) {
    let end = i
    while (end < ordered.length && ordered[end]!.score === ordered[i]!.score) end++
    for (let j = i; j < end; j++) if (ordered[j]!.positive) rankSum += (i + end + 1) / 2
    i = end
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * (ordered.length - positives))
}

/** Fits a logistic regression to `train` by gradient descent on standardised columns; returns the scores of `rows`. */
export function logisticScores(
  train: readonly number[][],
  labels: readonly boolean[],
  rows: readonly number[][],
  penalty = 0.001,
): number[] {
  const width = train[0]!.length
  const mean = Array.from({ length: width }, (_, j) => train.reduce((sum, row) => sum + row[j]!, 0) / train.length)
  const deviation = mean.map(
    (m, j) => Math.sqrt(train.reduce((sum, row) => sum + (row[j]! - m) ** 2, 0) / train.length) || 1,
  )
  const scaled = (row: readonly number[]): number[] =>
    row.map((value, j) => Math.max(-4, Math.min(4, (value - mean[j]!) / deviation[j]!)))
  const inputs = train.map(scaled)
  const weights = new Float64Array(width + 1)
  const logit = (row: readonly number[]): number => {
    let sum = weights[width]!
    for (let j = 0; j < width; j++) sum += weights[j]! * row[j]!
    return sum
  }
  for (let round = 0; round < 120; round++) {
    const gradient = new Float64Array(width + 1)
    inputs.forEach((row, i) => {
      const error = 1 / (1 + Math.exp(-logit(row))) - (labels[i] === true ? 1 : 0)
      for (let j = 0; j < width; j++) gradient[j] = gradient[j]! + error * row[j]!
      gradient[width] = gradient[width]! + error
    })
    weights.forEach(
      (weight, j) => (weights[j] = weight - 0.8 * (gradient[j]! / inputs.length + (j < width ? penalty * weight : 0))),
    )
  }
  return rows.map((row) => logit(scaled(row)))
}
