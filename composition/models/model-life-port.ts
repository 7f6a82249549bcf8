import type { ModelLife } from '../../api/ports.ts'
import type { ScoringRuntimes } from '../../models/scoring-runtimes.ts'
import { modelCard } from './model-card.ts'
import { isCanaryCustomer } from '../../processors/models/canary-customers.ts'
import { usableModel } from '../../retrainer/lifecycle/rollback/prove-model.ts'
import { rollBack } from '../../retrainer/lifecycle/rollback/roll-back.ts'
import type { Database } from '../../store/database.ts'
import type { LiveModels } from '../../store/models/model-acts.ts'
import { modelById, UnknownModelError } from '../../store/models/models.ts'

/** Returns the operations on models that the API and the commands share. `card`: where else cards are made. */
export function modelLifePort(
  database: Database,
  runtimes: ScoringRuntimes | undefined,
  card: ModelLife['card'] = (modelId) => modelCard(database, modelId, runtimes),
): ModelLife {
  return {
    rollBack: (request) => rollBack(database, request, runtimes),
    async requireUsable(modelId) {
      const stored = await modelById(database, modelId)
      if (stored === undefined) throw new UnknownModelError(`There is no model ${modelId}.`)
      usableModel(stored, runtimes)
    },
    card,
    scoredBy,
  }
}

/** Returns which of the live models scores a customer; null if none does. */
export function scoredBy({ champion, canary }: LiveModels, customerId: string): string | null {
  return canary !== null && isCanaryCustomer(canary.modelId, canary.share, customerId) ? canary.modelId : champion
}
