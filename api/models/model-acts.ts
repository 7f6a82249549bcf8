import { Type } from 'typebox'
import { actsOfModel, listActs } from '../../store/models/model-acts.ts'
import { ModelStateError, UnknownModelError } from '../../store/models/models.ts'
import { freezeTask, promoteModel, tryModel, withdrawModel } from '../../store/models/release-models.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { Name } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import { ChangedBy, ChangeReason } from '../http/versions.ts'
import type { ApiPorts } from '../ports.ts'
import { Act, actJson } from './model-schemas.ts'

const who = { changedBy: ChangedBy, reason: ChangeReason }
const failures = problems('invalid-request', 'forbidden-origin', 'not-found', 'not-possible', 'unavailable')
const done = { 200: Act, ...failures }
const config = { access: 'release-models' } as const
const tags = ['models']

/** Routes by which people put models into use and take them back. */
export function modelActsRoutes(server: Server, ports: ApiPorts): void {
  promotionRoutes(server, ports)
  trialRoute(server, ports)
  taskRoutes(server, ports)
}

const params = Type.Object({ id: Name })

function promotionRoutes(server: Server, { database, modelLife }: ApiPorts): void {
  server.post(
    '/models/:id/promotion',
    {
      config,
      schema: {
        tags,
        summary: 'Makes a model the champion of its task',
        params,
        body: Type.Object(who, { additionalProperties: false }),
        response: done,
      },
    },
    async ({ params: { id }, body: { changedBy: by, reason } }) => {
      await withStateProblems(async () => {
        await modelLife.requireUsable(id)
        await promoteModel(database, id, reason, { by })
      })
      return actJson((await actsOfModel(database, id))[0]!)
    },
  )
  server.post(
    '/models/:id/withdrawal',
    {
      config,
      schema: {
        tags,
        summary: 'Ends the trial of a model',
        params,
        body: Type.Object(who, { additionalProperties: false }),
        response: done,
      },
    },
    async ({ params: { id }, body: { changedBy: by, reason } }) => {
      await withStateProblems(() => withdrawModel(database, id, { by, reason }))
      return actJson((await actsOfModel(database, id))[0]!)
    },
  )
}

function trialRoute(server: Server, { database, modelLife }: ApiPorts): void {
  server.post(
    '/models/:id/trial',
    {
      config,
      schema: {
        tags,
        summary: 'Tries a model beside the champion of its task',
        description:
          'As a shadow, its scores are published apart from the live ones. As a canary, it scores a share of the customers.',
        params,
        body: Type.Object(
          {
            ...who,
            share: Type.Optional(
              Type.Number({
                minimum: 0.001,
                maximum: 0.5,
                description: 'Share of the customers that it scores as a canary; without it, it is a shadow.',
              }),
            ),
          },
          { additionalProperties: false },
        ),
        response: done,
      },
    },
    async ({ params: { id }, body: { changedBy: by, reason, share } }) => {
      const trial = share === undefined ? ({ mode: 'shadow' } as const) : ({ mode: 'canary', share } as const)
      await withStateProblems(async () => {
        await modelLife.requireUsable(id)
        await tryModel(database, id, trial, { by, reason })
      })
      return actJson((await actsOfModel(database, id))[0]!)
    },
  )
}

function taskRoutes(server: Server, { database, modelLife, tasks }: ApiPorts): void {
  const ofTask = Type.Object({ task: Name })
  const requireTask = (name: string) => {
    if (!tasks.some((task) => task.name === name))
      throw new ProblemError('not-found', `There is no task ${JSON.stringify(name)}.`)
  }
  server.post(
    '/model-tasks/:task/rollback',
    {
      config,
      schema: {
        tags,
        summary: 'Returns a task to an earlier champion, if it gives the same scores on kept rows as it did',
        params: ofTask,
        body: Type.Object(
          {
            ...who,
            to: Type.Optional(Type.String({ minLength: 1, description: 'By default the champion before this one.' })),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({
            modelId: Type.String(),
            rows: Type.Integer({ description: 'Number of kept rows on which its scores were proved to be the same.' }),
            tolerance: Type.Number({ description: '0: the same bytes.' }),
          }),
          ...failures,
        },
      },
    },
    ({ params: { task }, body: { changedBy: by, reason, to } }) => {
      requireTask(task)
      return withStateProblems(() => modelLife.rollBack({ task, to, by, reason }))
    },
  )
  server.put(
    '/model-tasks/:task/freeze',
    {
      config,
      schema: {
        tags,
        summary: 'Freezes a task, so that the platform itself releases and takes back nothing, or ends that',
        params: ofTask,
        body: Type.Object({ ...who, frozen: Type.Boolean() }, { additionalProperties: false }),
        response: done,
      },
    },
    async ({ params: { task }, body: { changedBy: by, reason, frozen } }) => {
      requireTask(task)
      await withStateProblems(() => freezeTask(database, task, frozen, { by, reason }))
      return actJson((await listActs(database, task, 1))[0]!)
    },
  )
}

/** Runs a change. Throws a problem if the state of the models does not allow it. */
async function withStateProblems<Result>(change: () => Promise<Result>): Promise<Result> {
  try {
    return await change()
  } catch (error) {
    if (error instanceof UnknownModelError) throw new ProblemError('not-found', error.message)
    if (error instanceof ModelStateError) throw new ProblemError('not-possible', error.message)
    throw error
  }
}
