import { wrongSettings, type SettingRule } from '../check-settings.ts'

/** What decides how a network is built and trained. */
export interface NetworkOptions {
  /** Units of each hidden layer, from the rows on. */
  readonly hidden: readonly number[]
  /** Sums of hidden layers are brought to mean 0 and deviation 1 over a batch (Ioffe and Szegedy 2015). */
  readonly batchNormalisation: boolean
  /** Share of hidden units dropped in a step, drawn for each row (Srivastava et al. 2014). */
  readonly dropout: number
  /** Of Adam (Kingma and Ba 2015). Halved when half as many epochs as end the training have brought nothing. */
  readonly learningRate: number
  /** Share of the learning rate by which weights shrink in a step (Loshchilov and Hutter 2019). */
  readonly weightDecay: number
  /** Rows of a step at most; data of few rows take fewer, so that an epoch has steps enough. */
  readonly batchRows: number
  /** Times that every row is learned from, at most. */
  readonly epochs: number
  /**
   * `balanced`: both classes of an output weigh the same in all. Probabilities are then those of a world where they are
   * equally frequent.
   */
  readonly classWeights: 'none' | 'balanced'
  /** Epochs without a better validation loss that end the training; 0: all epochs, and no rows are held out. */
  readonly earlyStoppingEpochs: number
  /** The newest share of the rows, held out to stop by. */
  readonly validationShare: number
}

export const defaultNetwork: NetworkOptions = {
  hidden: [64, 32],
  batchNormalisation: true,
  dropout: 0.2,
  learningRate: 0.002,
  weightDecay: 0.01,
  batchRows: 256,
  epochs: 100,
  classWeights: 'none',
  earlyStoppingEpochs: 10,
  validationShare: 0.2,
}

type NumericOption = {
  [Name in keyof NetworkOptions]: NetworkOptions[Name] extends number ? Name : never
}[keyof NetworkOptions]

const classWeights = { oneOf: ['none', 'balanced'] }

const bounds: Readonly<Record<NumericOption, SettingRule>> = {
  dropout: [0, 0.9, false],
  learningRate: [1e-6, 1, false],
  weightDecay: [0, 1, false],
  batchRows: [1, 65_536, true],
  epochs: [1, 10_000, true],
  earlyStoppingEpochs: [0, 10_000, true],
  validationShare: [0.05, 0.5, false],
}

const LAYERS_MAX = 8
const UNITS_MAX = 4_096

/** The options with the defaults where nothing is said. Throws with all that is wrong at once. */
export function networkOptions(given: Partial<NetworkOptions>): NetworkOptions {
  const options = { ...defaultNetwork, ...given }
  const wrong = wrongSettings(options, { ...bounds, batchNormalisation: 'flag', classWeights }, ['hidden'])
  const { hidden } = options
  if (!Array.isArray(hidden)) wrong.push(`hidden is ${JSON.stringify(hidden)}: it must be a list of numbers.`)
  else if (
    hidden.length > LAYERS_MAX ||
    hidden.some((units) => !Number.isInteger(units) || units < 1 || units > UNITS_MAX)
  )
    wrong.push(`hidden is ${JSON.stringify(hidden)}: at most ${LAYERS_MAX} layers, each of 1 to ${UNITS_MAX} units.`)
  if (wrong.length > 0) throw new Error(`The network's options can't be used. ${wrong.join(' ')}`)
  return options
}
