import { Type, type Static } from 'typebox'
import { EVENT_BYTES_MAX } from '../../schemas/check-event.ts'
import { customerById } from '../../store/customers/customers.ts'
import { lastServed } from '../../store/models/served-scores.ts'
import { NamedRow, type RowNames } from './named-row.ts'
import type { ApiPorts, ModelInput, Feature, Task, TaskModel } from '../ports.ts'
import type { RouteContext } from '../routes.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { Name, NO_NUL, nullable, Text } from '../http/schema-parts.ts'
import { explainScore, Explanation } from './score-reasons.ts'
import type { Server } from '../http/server.ts'

const Body = Type.Object(
  {
    customerId: Type.Optional(Type.String({ ...Text, description: 'Scores the newest features of this customer.' })),
    opportunityId: Type.Optional(Type.String({ ...Text, description: 'Scores the latest state of this opportunity.' })),
    features: Type.Optional(
      Type.Record(Type.String(), nullable(Type.Number()), {
        propertyNames: { pattern: NO_NUL },
        description:
          'Features by name, as listed by /features. They replace the stored values of the customer or opportunity; without one, all others are unknown.',
      }),
    ),
    text: Type.Optional(Type.String({ ...Text, maxLength: 100_000, description: 'For models that read text.' })),
    output: Type.Optional(
      Type.String({
        ...Text,
        description: 'For models with several outputs: the output to explain; default: the highest.',
      }),
    ),
    textReasons: Type.Optional(
      Type.Boolean({
        default: false,
        description:
          'Whether to return the contributions of records and words of the text, which takes as long as a hundred scores.',
      }),
    ),
  },
  { additionalProperties: false, minProperties: 1 },
)

const Answer = Type.Object({
  task: Type.String(),
  output: Type.String({ description: 'The output that the probability and the reasons are for.' }),
  probability: Type.Number(),
  outputs: Type.Array(Type.Object({ name: Type.String(), probability: Type.Number() }), {
    description: 'All probabilities of the model, highest first.',
  }),
  modelId: Type.String(),
  algorithm: Type.String(),
  featureSet: Type.String(),
  row: NamedRow,
  text: nullable(Type.String()),
  ...Explanation.properties,
})

/** Default number of reasons. */
const REASONS = 8

/** Route that scores on request. Nothing is stored or published. */
export function scoreRoute(server: Server, ports: RouteContext): void {
  const { tasks, model: modelOf, names } = ports
  server.post(
    '/score/:task',
    {
      bodyLimit: EVENT_BYTES_MAX,
      config: { access: 'score' },
      schema: {
        tags: ['scores'],
        summary:
          'Score on request: a customer, an opportunity, or the features and text in the request; nothing is stored',
        params: Type.Object({ task: Name }),
        body: Body,
        response: { 200: Answer, ...problems('invalid-request', 'not-found', 'no-model') },
      },
    },
    async ({ params, body }) => {
      const task = tasks.find(({ name }) => name === params.task)
      if (task === undefined) {
        const known = tasks.map(({ name }) => name).join(', ')
        throw new ProblemError('not-found', `There is no task ${JSON.stringify(params.task)}. Tasks: ${known}.`)
      }
      const model = modelOf(task.name)
      if (typeof model === 'string') throw new ProblemError('no-model', model)
      const features = featuresFor(model, names)
      const input = withOverrides(await known(ports, task, model, body, features.length), body, features)
      const scores = await model.score(input)
      if (!scores.every(Number.isFinite))
        throw new ProblemError('no-model', `The model ${model.id} returns no finite score for this row.`)
      const ranked = model.outputs
        .map((name, output) => ({ name, probability: scores[output]! }))
        .sort((one, other) => other.probability - one.probability)
      const asked = body.output ?? ranked[0]!.name
      const output = model.outputs.indexOf(asked)
      if (output === -1) throw unknownOutput(model)
      return {
        task: task.name,
        output: asked,
        probability: scores[output]!,
        outputs: ranked,
        modelId: model.id,
        algorithm: model.algorithm,
        featureSet: model.featureSet,
        row: names.name(model.featureSet, [...input.values]),
        text: input.text,
        ...(await explainScore(model, features, input, {
          output,
          most: REASONS,
          withTextReasons: body.textReasons === true,
        })),
      }
    },
  )
}

function unknownOutput({ outputs }: TaskModel): ProblemError {
  const problem = `The model has no such output. Its outputs: ${outputs.join(', ')}.`
  return new ProblemError('invalid-request', 'The body is invalid.', [{ part: 'body', path: '/output', problem }])
}

/** Returns the features of a model. Throws a problem if this version does not have its feature set. */
export function featuresFor(model: TaskModel, names: RowNames): readonly Feature[] {
  const features = names.featuresOf(model.featureSet)
  if (features !== undefined) return features
  throw new ProblemError(
    'no-model',
    `The released model ${model.id} was trained on ${model.featureSet}, which this version does not have.`,
  )
}

/** Loads the stored input of the customer or the opportunity; all unknown if the request names neither. */
async function known(
  { database }: ApiPorts,
  { name: task }: Task,
  { featureSet }: TaskModel,
  { customerId, opportunityId }: Static<typeof Body>,
  width: number,
): Promise<ModelInput> {
  const unknown = { values: new Float32Array(width).fill(Number.NaN), text: null }
  const subject = opportunityId ?? customerId
  if (subject === undefined) return unknown
  const served = await lastServed(database, task, subject)
  if (opportunityId === undefined) {
    const customer = await customerById(database, subject)
    if (customer?.featureSet === featureSet && customer.values?.length === width) {
      return {
        values: Float32Array.from(customer.values),
        text: served?.text ?? null,
        lineTimes: served?.lineTimes ?? null,
      }
    }
  }
  if (served?.featureSet === featureSet && served.row.length === width) {
    return { values: Float32Array.from(served.row), text: served.text, lineTimes: served.lineTimes }
  }
  const what = opportunityId === undefined ? 'customer' : 'opportunity'
  const place = `${task} reads the feature set ${featureSet}, but the ${what} ${JSON.stringify(subject)} has no row of it yet.`
  throw new ProblemError('not-found', place)
}

function withOverrides(
  input: ModelInput,
  { features: overrides = {}, text }: Static<typeof Body>,
  features: readonly Feature[],
): ModelInput {
  const places = new Map(features.map(({ name }, index) => [name, index]))
  const wrong = Object.keys(overrides).filter((name) => !places.has(name))
  if (wrong.length > 0) {
    const parts = wrong.map((name) => ({
      part: 'body',
      path: `/features/${escaped(name)}`,
      problem: 'The model does not read this feature.',
    }))
    throw new ProblemError('invalid-request', 'The body is invalid.', parts)
  }
  for (const [name, value] of Object.entries(overrides)) input.values[places.get(name)!] = value ?? Number.NaN
  // A text in the request replaces the stored one, and the times of its lines are unknown.
  return text === undefined ? input : { values: input.values, text }
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
