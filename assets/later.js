// What is brought when it is first needed: the parts of the page behind its buttons.

import { offer } from "./kit/later.js";
import { clicks as lessonClicks } from "./lessons/lesson.js";
import { clicks as sharingClicks } from "./dialogs/sharing.js";

offer("lessons", { clicks: lessonClicks });
offer("sharing", { clicks: sharingClicks });
