import { wrongSettings, type SettingRule } from '../check-settings.ts'

/** Hyperparameters of a network and its training. */
export interface NetworkOptions {
  /** Units of each hidden layer, from the input on. */
  readonly hidden: readonly number[]
  /**
   * Whether pre-activations of hidden layers are normalised to mean 0 and deviation 1 over a batch (Ioffe and Szegedy
   * 2015).
   */
  readonly batchNormalisation: boolean
  /** Share of hidden units dropped per step, drawn for each row (Srivastava et al. 2014). */
  readonly dropout: number
  /** Learning rate of Adam (Kingma and Ba 2015). Halved after half of the early-stopping epochs without improvement. */
  readonly learningRate: number
  /** Decoupled weight decay per step, as a share of the learning rate (Loshchilov and Hutter 2019). */
  readonly weightDecay: number
  /** Maximum number of rows per batch; small data sets use smaller batches, so that an epoch has enough steps. */
  readonly batchRows: number
  /** Maximum number of epochs. */
  readonly epochs: number
  /**
   * `balanced` gives every class of an output the same total weight. Probabilities are then those for equally frequent
   * classes.
   */
  readonly classWeights: 'none' | 'balanced'
  /**
   * Epochs without a better validation loss after which training stops; 0 disables early stopping and holds out no
   * rows.
   */
  readonly earlyStoppingEpochs: number
  /** Share of the rows, the newest ones, held out for early stopping. */
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

/** Fills in the defaults and validates. Throws an error that lists every invalid option. */
export function networkOptions(overrides: Partial<NetworkOptions>): NetworkOptions {
  const options = { ...defaultNetwork, ...overrides }
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
