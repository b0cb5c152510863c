import { startUnreadCount } from "./lib/unread-count.js";
import { startComboboxes } from "./lib/combobox.js";
import { startDayRule } from "./lib/day-rule.js";
import { startDialogs } from "./lib/dialogs.js";
import { startFolds } from "./lib/folds.js";
import { startForms } from "./lib/forms.js";
import { startPrint } from "./lib/print.js";
import { startSiteSearch } from "./lib/site-search.js";

startComboboxes();
startDayRule();
startDialogs();
startFolds();
startForms();
startPrint();
startSiteSearch();
startUnreadCount();
