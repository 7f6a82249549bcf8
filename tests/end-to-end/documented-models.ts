/** The promised results of the commands and requests for the life of models. */
import { known, ok, run, type Expectation } from './expectation.ts'

export const ofModels: Readonly<Record<string, Expectation>> = {
  'npm run scoreline -- models retrain conversion --name "Ann Lee" --reason "new products since May"':
    run(/"state":"requested"/),
  'npm run scoreline -- models trainings --task conversion': run(/"trigger":/),
  'npm run scoreline -- models holds': run(/(?:)/),
  'npm run scoreline -- models release-labels 1 --name "Ann Lee" --reason "a campaign of theirs"': known(
    'no labels are held there',
    'models release-labels --help',
  ),
  'npm run scoreline -- models export model --out model.onnx': run(/(?:)/, { file: 'model.onnx' }),
  'npm run scoreline -- models import FILE.onnx --task loan-demand [--features a,b,…] [--promote REASON]': known(
    'tests/commands and tests/retrainer import models',
    'models import --help',
  ),
  'npm run scoreline -- models import ./model --task conversion --promote "trained on the archive"': known(
    'tests/commands and tests/retrainer import models',
    'models import --help',
  ),
  'npm run scoreline -- models list --task conversion': run(/(?:)/),
  'npm run scoreline -- models show ID': known(
    'tests/api and tests/retrainer do it with models of their own',
    'models show --help',
  ),
  'npm run scoreline -- models compare TASK': known(
    'tests/api and tests/retrainer do it with models of their own',
    'models compare --help',
  ),
  'npm run scoreline -- models try ID [--canary SHARE] --by NAME --reason TEXT': known(
    'tests/api and tests/retrainer do it with models of their own',
    'models try --help',
  ),
  'npm run scoreline -- models withdraw ID --by NAME --reason TEXT': known(
    'tests/api and tests/retrainer do it with models of their own',
    'models withdraw --help',
  ),
  'npm run scoreline -- models promote ID --by NAME --reason TEXT': known(
    'tests/api and tests/retrainer do it with models of their own',
    'models promote --help',
  ),
  'npm run scoreline -- models rollback TASK [--to ID] --by NAME --reason TEXT': known(
    'tests/api and tests/retrainer do it with models of their own',
    'models rollback --help',
  ),
  'npm run scoreline -- models freeze conversion --by li --reason "Audit of the quarter"': run(/"act":"freeze"/),
  'npm run scoreline -- models unfreeze conversion --by li --reason "The audit is over"': run(/"act":"unfreeze"/),
  'npm run scoreline -- models card ID --out card.html': known(
    'tests/composition/models makes cards of models of its own',
    'models card --help',
  ),
  'npm run scoreline -- models monitor conversion': run(/(?:)/),
  "curl -s 'localhost:8080/model-reports?task=conversion&limit=1'": ok(/"items"/),
  'npm run scoreline -- models lineage --customer ID --task TASK [--until TIME]': known(
    'tests/api and tests/retrainer do it with models of their own',
    'models lineage --help',
  ),
  'npm run scoreline -- models live-on DATE [--customer ID]': known(
    'tests/api and tests/retrainer do it with models of their own',
    'models live-on --help',
  ),
  'curl -si localhost:8080/explorations/loan-demand': ok(/etag: "0"/i),
  'curl -s -X PUT localhost:8080/explorations/loan-demand': ok(/"version":1/),
}
