/** Cases with one label each; −1 for none of the labels. */
export interface LabelledCases {
  readonly texts: readonly string[]
  readonly labels: Int32Array
}

/** Minimum number and share of cases for a repetition to be reported. */
const CASES_MIN = 2
const SHARE_MIN = 0.01

/**
 * Describes repetitions that distort the metrics: test cases whose text also occurs in training cases, and training
 * cases with the same text but different labels. `right`: whether each test case is predicted correctly.
 */
export function repeatedTextNotes(
  { texts, labels }: LabelledCases,
  train: Int32Array,
  test: Int32Array,
  right: readonly boolean[],
): string[] {
  const labelsOf = new Map<string, Set<number>>()
  const bare = texts.map((text) => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim())
  for (const row of train) labelsOf.set(bare[row]!, (labelsOf.get(bare[row]!) ?? new Set()).add(labels[row]!))
  const isNew = Array.from(test, (row) => !labelsOf.has(bare[row]!))
  const fresh = right.filter((_, place) => isNew[place])
  const known = test.length - fresh.length
  const unclear = train.filter((row) => labelsOf.get(bare[row]!)!.size > 1)
  const example = unclear[0] === undefined ? '' : JSON.stringify(texts[unclear[0]]!.slice(0, 60))
  const share = fresh.filter((one) => one).length / fresh.length
  return [
    ...(isMany(known, test.length)
      ? [
          `${known} of ${test.length} test cases have a text that training cases have too${fresh.length === 0 ? '' : `; of the others ${(100 * share).toFixed(1)} % are told right`}.`,
        ]
      : []),
    ...(isMany(unclear.length, train.length)
      ? [
          `${unclear.length} of ${train.length} training cases have a text that others have with another label, ${example} for example.`,
        ]
      : []),
  ]
}

function isMany(cases: number, of: number): boolean {
  return cases >= CASES_MIN && cases >= SHARE_MIN * of
}
