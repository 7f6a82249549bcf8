import { Type } from 'typebox'
import { modelActs, type ModelActKind } from '../../schemas/models/model-acts.ts'
import { gateRules, type GateRule } from '../../store/models/gate-decision.ts'
import { isoTimes } from '../http/iso-times.ts'
import { nullable, Time } from '../http/schema-parts.ts'
import type { StoredModelAct } from '../../store/models/model-acts.ts'
import type { ModelSummary } from '../../store/models/models.ts'

const GateDecision = Type.Object(
  {
    version: Type.Integer({ description: 'Version of the gate; 0: the built-in default.' }),
    passed: Type.Boolean(),
    held: Type.Boolean({ description: 'It is better, but would move too many customers across the threshold.' }),
    checks: Type.Array(
      Type.Object({
        rule: Type.Unsafe<GateRule>({ type: 'string', enum: gateRules }),
        passed: nullable(Type.Boolean(), 'null: it could not be measured, or the gate sets no bound.'),
        value: nullable(Type.Number()),
        bound: nullable(Type.Number()),
        says: Type.String(),
      }),
    ),
  },
  { description: 'Decision of the gate, with its numbers.' },
)

export const Model = Type.Object({
  id: Type.String({ description: 'Hash of the artefact.' }),
  task: Type.String(),
  algorithm: Type.String(),
  featureSet: Type.String(),
  metrics: Type.Record(Type.String(), nullable(Type.Number())),
  data: Type.Unsafe<Record<string, unknown>>({
    type: 'object',
    additionalProperties: true,
    description: 'Facts about the training data.',
  }),
  codeVersion: Type.String(),
  status: Type.String({ description: 'challenger, shadow, canary, champion or retired.' }),
  reason: nullable(Type.String(), 'Why it replaced its predecessor.'),
  trainedAt: Time,
  releasedAt: nullable(Time),
  gate: Type.Union([GateDecision, Type.Null()]),
  canaryShare: nullable(Type.Number(), 'Share of the customers that a canary scores.'),
})

export const Act = Type.Object({
  task: Type.String(),
  act: Type.Unsafe<ModelActKind>({ type: 'string', enum: modelActs }),
  modelId: nullable(Type.String()),
  by: Type.String({ description: 'The person, or `scoreline` for the platform itself.' }),
  reason: Type.String(),
  numbers: Type.Record(Type.String(), Type.Number(), { description: 'The numbers that it is based on.' }),
  at: Time,
})

export const Live = Type.Object({
  champion: nullable(Type.String()),
  canary: Type.Union([Type.Object({ modelId: Type.String(), share: Type.Number() }), Type.Null()]),
  shadows: Type.Array(Type.String()),
})

export function modelJson(model: ModelSummary) {
  const gate = model.gate && { ...model.gate, checks: [...model.gate.checks] }
  return { ...isoTimes(model), metrics: { ...model.metrics }, data: { ...model.data }, gate }
}

export function actJson({ task, act, modelId, actedBy, reason, numbers, actedAt }: StoredModelAct) {
  return { task, act, modelId, by: actedBy, reason, numbers: { ...numbers }, at: actedAt.toISOString() }
}
