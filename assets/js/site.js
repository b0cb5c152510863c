import { startDayRule } from "./lib/day-rule.js";
import { startDialogs } from "./lib/dialogs.js";
import { startFolds } from "./lib/folds.js";
import { startForms } from "./lib/forms.js";

startDayRule();
startDialogs();
startFolds();
startForms();
