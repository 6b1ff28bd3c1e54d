<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>bcviewer</name>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Demo</source>
            <translation>Demo</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Predict</source>
            <translation>Vorhersagen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Predict all</source>
            <translation>Alle vorhersagen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Fit</source>
            <translation>Einpassen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Palette</source>
            <translation>Palette</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Report</source>
            <translation>Bericht</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>&amp;Open folder…</source>
            <translation>&amp;Ordner öffnen…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Open a folder of patients</source>
            <translation>Ordner mit Patienten öffnen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Open &amp;demo</source>
            <translation>&amp;Demo öffnen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Open synthetic tissue, to try things out</source>
            <translation>Synthetisches Gewebe zum Ausprobieren öffnen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>&amp;Get the Kaggle data set…</source>
            <translation>&amp;Kaggle-Datensatz holen…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>What it is; then download it</source>
            <translation>Erst lesen, was es ist, dann herunterladen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>&amp;Report on the data…</source>
            <translation>&amp;Bericht über die Daten…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>What cannot be used, and why</source>
            <translation>Was nicht verwendbar ist und warum</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>&amp;Quit</source>
            <translation>Bee&amp;nden</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Close the window</source>
            <translation>Fenster schließen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>&amp;Previous patient</source>
            <translation>&amp;Vorheriger Patient</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Open the patient above</source>
            <translation>Den Patienten darüber öffnen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>&amp;Next patient</source>
            <translation>&amp;Nächster Patient</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Open the patient below</source>
            <translation>Den Patienten darunter öffnen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>&amp;Fit the slide</source>
            <translation>Schnitt ein&amp;passen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Show the whole slide</source>
            <translation>Den ganzen Schnitt zeigen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Zoom &amp;in</source>
            <translation>Ver&amp;größern</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Zoom in</source>
            <translation>Vergrößern</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Zoom &amp;out</source>
            <translation>Ver&amp;kleinern</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Zoom out</source>
            <translation>Verkleinern</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Red/green or blue/&amp;orange</source>
            <translation>&amp;Rot/Grün oder Blau/Orange</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Switch the colours of the heatmap</source>
            <translation>Farben der Heatmap wechseln</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Colours to other &amp;eyes…</source>
            <translation>Farben für andere &amp;Augen…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Choose the palette; see it as colour-blind eyes and a printer do</source>
            <translation>Palette wählen; so sehen sie Farbenblinde und der Drucker</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>&amp;Slide only</source>
            <translation>Nur &amp;Schnitt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Hide everything but the slide</source>
            <translation>Alles außer dem Schnitt ausblenden</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>&amp;Load model…</source>
            <translation>Modell &amp;laden…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Use another model</source>
            <translation>Ein anderes Modell verwenden</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>&amp;Import a Keras model…</source>
            <translation>Keras-Modell &amp;importieren…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Make a model of an .h5 or .keras file</source>
            <translation>Ein Modell aus einer .h5- oder .keras-Datei machen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>&amp;Predict this patient</source>
            <translation>&amp;Vorhersage für diesen Patienten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Predict this patient</source>
            <translation>Vorhersagen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Predict &amp;all patients</source>
            <translation>Vorhersage für &amp;alle Patienten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Predict all patients</source>
            <translation>Vorhersage für alle Patienten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Retrain the &amp;head</source>
            <translation>&amp;Kopf neu trainieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Fit the last layer to the labels: seconds</source>
            <translation>Die letzte Schicht an die Labels anpassen: Sekunden</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Find a &amp;command…</source>
            <translation>&amp;Befehl suchen…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Type some letters of any command</source>
            <translation>Einige Buchstaben eines Befehls eingeben</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>&amp;Keys</source>
            <translation>&amp;Tasten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>All keys on one sheet</source>
            <translation>Alle Tasten auf einem Blatt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>&amp;About bcviewer</source>
            <translation>&amp;Über bcviewer</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/actions.py" />
            <source>Version, licence, and what it is for</source>
            <translation>Version, Lizenz und Zweck</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/annotation_desk.py" />
            <source>Labels</source>
            <translation>Labels</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/annotation_desk.py" />
            <source>&amp;Labels</source>
            <translation>&amp;Labels</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/annotation_desk.py" />
            <source>The slide of the patch is on its way: label it when it is there.</source>
            <translation>Der Schnitt zu diesem Patch wird geöffnet: annotieren Sie, sobald er da ist.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/annotation_desk.py" />
            <source>Click a patch, or walk to one with the arrow keys, to label it.</source>
            <translation>Klicken Sie ein Patch an oder gehen Sie mit den Pfeiltasten hin, um es zu annotieren.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/annotation_desk.py" />
            <source>Click a patch, or walk to one with the arrow keys, to confirm it.</source>
            <translation>Klicken Sie ein Patch an oder gehen Sie mit den Pfeiltasten hin, um es zu bestätigen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/annotation_desk.py" />
            <source>The slide of the patch is on its way: confirm it when it is there.</source>
            <translation>Der Schnitt zu diesem Patch wird geöffnet: bestätigen Sie, sobald er da ist.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/annotation_desk.py" />
            <source>That was the last patch of this patient.</source>
            <translation>Das war das letzte Patch dieses Patienten.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/annotation_desk.py" />
            <source>; {count:,} stay as another reader said since</source>
            <translation>; {count:,} bleiben, wie ein anderer Befunder seither angegeben hat</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/annotation_desk.py" />
            <source>1 patch</source>
            <translation>1 Patch</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/annotation_desk.py" />
            <source>{count:,} patches</source>
            <translation>{count:,} Patches</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/annotation_desk.py" />
            <source>{label}: {patches} to change</source>
            <translation>{label}: {patches} zu ändern</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/annotation_desk.py" />
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/annotation_desk.py" />
            <source>Redo</source>
            <translation>Wiederholen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/browse_desk.py" />
            <source>Joining the patches of patient {patient}…</source>
            <translation>Patches von Patient {patient} werden zusammengefügt…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/change_desk.py" />
            <source>{which}, {role} patients</source>
            <translation>{which}, Patienten: {role}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/commands.py" />
            <source>Open a folder of patients first.</source>
            <translation>Öffnen Sie zuerst einen Ordner mit Patienten.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/commands.py" />
            <source>Choose a patient first.</source>
            <translation>Wählen Sie zuerst einen Patienten.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/commands.py" />
            <source>Load a model first.</source>
            <translation>Laden Sie zuerst ein Modell.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/commands.py" />
            <source>Only while annotating: press A.</source>
            <translation>Nur beim Annotieren: drücken Sie A.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/commands.py" />
            <source>There is nothing to undo.</source>
            <translation>Es gibt nichts rückgängig zu machen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/commands.py" />
            <source>There is nothing to redo.</source>
            <translation>Es gibt nichts zu wiederholen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/commands.py" />
            <source>Not possible at this moment.</source>
            <translation>Im Moment nicht möglich.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/compare_desk.py" />
            <source>Both are the same model: switch context on and off in the strip under the slide</source>
            <translation>Beides ist dasselbe Modell: den Kontext schalten Sie in der Leiste unter dem Schnitt ein und aus</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/compare_desk.py" />
            <source>One is compared with context and the other without; the slide shows a change in one view: compare both with context, or both without</source>
            <translation>Das eine wird mit Kontext verglichen, das andere ohne; der Schnitt zeigt eine Änderung in einer Ansicht: beide mit Kontext vergleichen oder beide ohne</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/compare_desk.py" />
            <source>No patient is open: choose one in the list of patients.</source>
            <translation>Kein Patient ist geöffnet: wählen Sie einen in der Patientenliste.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/compare_desk.py" />
            <source>Models disagree</source>
            <translation>Modelle uneinig</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/context_runner.py" />
            <source>Context and Calibrated are switched on below the slide.</source>
            <translation>Kontext und Kalibriert sind unter dem Schnitt eingeschaltet.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/context_runner.py" />
            <source>Stopped. The context of the model is as it was.</source>
            <translation>Angehalten. Der Kontext des Modells ist, wie er war.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/context_runner.py" />
            <source>Looking at the validation patients…</source>
            <translation>Validierungspatienten werden betrachtet…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/context_runner.py" />
            <source>Fitting…</source>
            <translation>Wird angepasst…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/context_runner.py" />
            <source>out-of-fold predictions of {count} patients</source>
            <translation>Out-of-Fold-Vorhersagen von {count} Patienten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/context_runner.py" />
            <source>{count} validation patients</source>
            <translation>{count} Validierungspatienten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/context_runner.py" />
            <source>Context is fitted to {whom}: there balanced accuracy is {after:.3f} with it and {before:.3f} without.</source>
            <translation>Der Kontext ist angepasst an {whom}: dort ist die balancierte Genauigkeit mit ihm {after:.3f} und ohne ihn {before:.3f}.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/cross_validation_desk.py" />
            <source>Train the recipe of the training form once for each fold of the patients, each time without that fold, one after another in the background. It takes as many times as long as one training.

Folds:</source>
            <translation>Das Rezept des Trainingsformulars wird für jeden Fold der Patienten einmal trainiert, jeweils ohne diesen Fold, nacheinander im Hintergrund. Es dauert entsprechend vielfach so lange wie ein Training.

Folds:</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/cross_validation_desk.py" />
            <source>Open a folder of patients first: then a recipe can be cross-validated.</source>
            <translation>Öffnen Sie zuerst einen Ordner mit Patienten: dann kann ein Rezept kreuzvalidiert werden.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/cross_validation_desk.py" />
            <source>A training runs already. Cross-validate when it has ended.</source>
            <translation>Es läuft bereits ein Training. Kreuzvalidieren Sie, wenn es beendet ist.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/cross_validation_desk.py" />
            <source>&amp;Cross-validate…</source>
            <translation>K&amp;reuzvalidierung…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/cross_validation_desk.py" />
            <source>Judge each patient by a network that did not train on it</source>
            <translation>Jeden Patienten mit einem Netz beurteilen, das nicht an ihm trainiert wurde</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/cross_validation_desk.py" />
            <source>Cross-validate</source>
            <translation>Kreuzvalidierung</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/cross_validation_desk.py" />
            <source>{name} starts in the background; its folds stand in the list of runs.</source>
            <translation>{name} beginnt im Hintergrund; die Folds stehen in der Liste der Läufe.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/data_opener.py" />
            <source>Opening {folder}…</source>
            <translation>{folder} wird geöffnet…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/data_opener.py" />
            <source>Preparing the demo tissue…</source>
            <translation>Demo-Gewebe wird vorbereitet…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/data_opener.py" />
            <source>Every picture was looked at: 1 finding.</source>
            <translation>Alle Bilder wurden geprüft: 1 Befund.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/data_opener.py" />
            <source>Every picture was looked at: {count:,} findings.</source>
            <translation>Alle Bilder wurden geprüft: {count:,} Befunde.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/dropped.py" />
            <source>Only files and folders of this computer can be dropped here.</source>
            <translation>Hier können nur Dateien und Ordner dieses Rechners abgelegt werden.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/dropped.py" />
            <source>Drop one thing at a time: the folder that holds all patients, or one model.</source>
            <translation>Legen Sie immer nur eines ab: den Ordner mit allen Patienten oder ein Modell.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/dropped.py" />
            <source>Open the folder {name}</source>
            <translation>Ordner {name} öffnen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/dropped.py" />
            <source>Use the model {name}</source>
            <translation>Modell {name} verwenden</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/dropped.py" />
            <source>Import the Keras model {name}</source>
            <translation>Keras-Modell {name} importieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/dropped.py" />
            <source>“{name}” cannot be opened. Drop a folder of patients, the folder of a model, or a Keras model (.keras, .h5).</source>
            <translation>„{name}“ kann nicht geöffnet werden. Legen Sie einen Ordner mit Patienten, den Ordner eines Modells oder ein Keras-Modell (.keras, .h5) ab.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_desk.py" />
            <source>Scores</source>
            <translation>Kennzahlen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_desk.py" />
            <source>Patients</source>
            <translation>Patienten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_desk.py" />
            <source>This patient is not predicted yet.</source>
            <translation>Für diesen Patienten gibt es noch keine Vorhersage.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_desk.py" />
            <source>None of these {count:,} patients is predicted yet.</source>
            <translation>Für keinen dieser {count:,} Patienten gibt es schon eine Vorhersage.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_parts.py" />
            <source>Held-out patients</source>
            <translation>Ungesehene Patienten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_parts.py" />
            <source>Validation patients</source>
            <translation>Validierungspatienten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_parts.py" />
            <source>Test part of the split</source>
            <translation>Testteil der Aufteilung</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_parts.py" />
            <source>Open patient</source>
            <translation>Geöffneter Patient</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_parts.py" />
            <source>All predicted (optimistic)</source>
            <translation>Alle vorhergesagten (optimistisch)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_parts.py" />
            <source>held-out patients</source>
            <translation>ungesehene Patienten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_parts.py" />
            <source>validation patients</source>
            <translation>Validierungspatienten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_parts.py" />
            <source>test part of the split</source>
            <translation>Testteil der Aufteilung</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_parts.py" />
            <source>open patient</source>
            <translation>geöffneter Patient</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_parts.py" />
            <source>all predicted (optimistic)</source>
            <translation>alle vorhergesagten (optimistisch)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_parts.py" />
            <source>Patients that the model has never seen: what counts</source>
            <translation>Patienten, die das Modell nie gesehen hat: darauf kommt es an</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_parts.py" />
            <source>Patients that chose the model's best epoch and its threshold: a little optimistic</source>
            <translation>Patienten, nach denen beste Epoche und Schwelle des Modells gewählt wurden: etwas optimistisch</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_parts.py" />
            <source>The patches that the model's own split kept for testing</source>
            <translation>Die Patches, die die Aufteilung des Modells zum Testen vorsah</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_parts.py" />
            <source>The patient on screen alone: too few for an interval</source>
            <translation>Nur der Patient auf dem Bildschirm: zu wenige für ein Intervall</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_parts.py" />
            <source>Every patient with a prediction, those of the training among them: optimistic</source>
            <translation>Jeder Patient mit Vorhersage, auch die aus dem Training: optimistisch</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_parts.py" />
            <source>The split that the model was trained on is not known for these data</source>
            <translation>Die Aufteilung, mit der das Modell trainiert wurde, ist für diese Daten nicht bekannt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_parts.py" />
            <source>The model's own split kept no patient for testing</source>
            <translation>Die Aufteilung des Modells behielt keinen Patienten zum Testen zurück</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_parts.py" />
            <source>No patient is open</source>
            <translation>Kein Patient ist geöffnet</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_parts.py" />
            <source>The model was trained on patches of every patient here</source>
            <translation>Das Modell wurde an Patches aller Patienten hier trainiert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_parts.py" />
            <source>None of these patients chose the model's threshold</source>
            <translation>Nach keinem dieser Patienten wurde die Schwelle des Modells gewählt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_parts.py" />
            <source>The model was trained elsewhere: nobody knows on which patients</source>
            <translation>Das Modell wurde anderswo trainiert: niemand weiß, an welchen Patienten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_parts.py" />
            <source>Choose the held-out patients.</source>
            <translation>Wählen Sie die ungesehenen Patienten.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_parts.py" />
            <source>Choose one in the list of patients.</source>
            <translation>Wählen Sie einen in der Patientenliste.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_words.py" />
            <source>NOT SEEN IN TRAINING</source>
            <translation>IM TRAINING NICHT GESEHEN</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_words.py" />
            <source>Open a folder of patients and a model: here stands how well it does.</source>
            <translation>Öffnen Sie einen Ordner mit Patienten und ein Modell: hier steht, wie gut es ist.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_words.py" />
            <source>Load a model (Model › Load model): here stands how well it does.</source>
            <translation>Laden Sie ein Modell (Modell › Modell laden): hier steht, wie gut es ist.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_words.py" />
            <source>You read blind: scores are shown once nothing is hidden any more.</source>
            <translation>Sie befunden verblindet: Kennzahlen erscheinen, wenn nichts mehr verborgen ist.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_words.py" />
            <source>Counting…</source>
            <translation>Wird gezählt…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_words.py" />
            <source>1 patient</source>
            <translation>1 Patient</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_words.py" />
            <source>{count:,} patients</source>
            <translation>{count:,} Patienten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_words.py" />
            <source>{share:.1f} % IDC</source>
            <translation>{share:.1f} % IDC</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_words.py" />
            <source>calibrated</source>
            <translation>kalibriert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_words.py" />
            <source>{predicted:,} of 1 patient</source>
            <translation>{predicted:,} von 1 Patienten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_words.py" />
            <source>{predicted:,} of {count:,} patients</source>
            <translation>{predicted:,} von {count:,} Patienten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_words.py" />
            <source>Part: {part}</source>
            <translation>Teil: {part}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_words.py" />
            <source>Split: {split}</source>
            <translation>Aufteilung: {split}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_words.py" />
            <source>Labels of the data set: {labels}</source>
            <translation>Labels des Datensatzes: {labels}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_words.py" />
            <source>Left out as unsure or excluded: {patches}</source>
            <translation>Als unklar oder verworfen ausgelassen: {patches}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_words.py" />
            <source>Not predicted yet: {patients}</source>
            <translation>Noch ohne Vorhersage: {patients}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_words.py" />
            <source>original labels</source>
            <translation>ursprüngliche Labels</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_words.py" />
            <source>labels corrected by readers ({count:,})</source>
            <translation>von Befundern korrigierte Labels ({count:,})</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_words.py" />
            <source>The model was neither trained nor tuned on any of these patients.</source>
            <translation>Das Modell wurde an keinem dieser Patienten trainiert oder abgestimmt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_words.py" />
            <source>PATCH-WISE (OPTIMISTIC)</source>
            <translation>PATCHWEISE (OPTIMISTISCH)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_words.py" />
            <source>MAY BE OPTIMISTIC</source>
            <translation>MÖGLICHERWEISE OPTIMISTISCH</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_words.py" />
            <source>OPTIMISTIC: CHOSE THE THRESHOLD</source>
            <translation>OPTIMISTISCH: BESTIMMTEN DIE SCHWELLE</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_words.py" />
            <source>These patients chose the model's best epoch and its threshold, so that it does a little better on them than on new ones.</source>
            <translation>Nach diesen Patienten wurden beste Epoche und Schwelle des Modells gewählt, daher ist es an ihnen etwas besser als an neuen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_words.py" />
            <source>OPTIMISTIC: NOT NEW TO THE MODEL</source>
            <translation>OPTIMISTISCH: DEM MODELL NICHT NEU</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/evaluation_words.py" />
            <source>OPTIMISTIC: {seen} OF {total} SEEN</source>
            <translation>OPTIMISTISCH: {seen} VON {total} GESEHEN</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/exchange_desk.py" />
            <source>Labels (*.csv *.geojson *.json);;All files (*)</source>
            <translation>Labels (*.csv *.geojson *.json);;Alle Dateien (*)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/exchange_desk.py" />
            <source>&amp;Export labels…</source>
            <translation>Labels &amp;exportieren…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/exchange_desk.py" />
            <source>Write the labels: CSV, QuPath GeoJSON, or folders of pictures</source>
            <translation>Labels schreiben: CSV, QuPath-GeoJSON oder Ordner mit Bildern</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/exchange_desk.py" />
            <source>&amp;Import labels…</source>
            <translation>Labels &amp;importieren…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/exchange_desk.py" />
            <source>Take labels from CSV or GeoJSON; shows first what would change</source>
            <translation>Labels aus CSV oder GeoJSON übernehmen; zeigt zuerst, was sich ändern würde</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/exchange_desk.py" />
            <source>Reading {name}…</source>
            <translation>{name} wird gelesen…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/exchange_desk.py" />
            <source>Import labels</source>
            <translation>Labels importieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/exchange_desk.py" />
            <source>Stopped. An export of pictures goes on from here next time.</source>
            <translation>Angehalten. Ein Export von Bildern wird beim nächsten Mal fortgesetzt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/exchange_desk.py" />
            <source>Imported 1 label from {name}.</source>
            <translation>1 Label aus {name} importiert.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/exchange_desk.py" />
            <source>Imported {count:,} labels from {name}.</source>
            <translation>{count:,} Labels aus {name} importiert.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/explain_desk.py" />
            <source>Load a model first: this shows what it sees in the patch.</source>
            <translation>Laden Sie zuerst ein Modell: hier sehen Sie, was es im Patch sieht.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/explain_desk.py" />
            <source>Hidden until you have labelled the patch: it would tell what the model predicts.</source>
            <translation>Verborgen, bis Sie das Patch annotiert haben: es würde die Vorhersage verraten.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/explain_desk.py" />
            <source>The picture of this patch cannot be read; see the report.</source>
            <translation>Das Bild dieses Patches ist nicht lesbar; siehe Bericht.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/explain_desk.py" />
            <source>Looking for patches of other patients that look alike to the model…</source>
            <translation>Patches anderer Patienten, die für das Modell ähnlich aussehen, werden gesucht…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/explain_desk.py" />
            <source>No other patient has features yet. Once the model has looked at them, the patches that look most like this one to it will be here.</source>
            <translation>Noch hat kein anderer Patient Merkmale. Sobald das Modell sie betrachtet hat, stehen hier die Patches, die diesem am ähnlichsten sind.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/explain_desk.py" />
            <source>The model has learned from all patients that have features.</source>
            <translation>Das Modell hat von allen Patienten mit Merkmalen gelernt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/explain_desk.py" />
            <source>patient {patient}, x {x:,} y {y:,}</source>
            <translation>Patient {patient}, x {x:,} y {y:,}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_desk.py" />
            <source>First &amp;steps</source>
            <translation>&amp;Erste Schritte</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_desk.py" />
            <source>Predict, correct, retrain, see the change: a card leads you</source>
            <translation>Vorhersagen, korrigieren, neu trainieren, vergleichen: eine Karte führt Sie</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Find an error</source>
            <translation>Fehler</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Correct it</source>
            <translation>Korrigieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Retrain</source>
            <translation>Trainieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>See the change</source>
            <translation>Vergleichen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Open the demo</source>
            <translation>Demo öffnen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Open a folder…</source>
            <translation>Ordner öffnen…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Show the first patient</source>
            <translation>Ersten Patienten zeigen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Load a model</source>
            <translation>Modell laden</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Go to blind reading</source>
            <translation>Zur verblindeten Befundung</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Predict this slide</source>
            <translation>Diesen Schnitt vorhersagen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Show the patch most likely wrong</source>
            <translation>Verdächtigstes zeigen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Another patch</source>
            <translation>Anderes</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Back to the patch</source>
            <translation>Zum Patch</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Next patient</source>
            <translation>Nächster Patient</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>1  IDC</source>
            <translation>1  IDC</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>2  Not IDC</source>
            <translation>2  Kein IDC</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Fit a new head (seconds)</source>
            <translation>Neuen Kopf anpassen (Sekunden)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Train (about a minute)</source>
            <translation>Trainieren (etwa eine Minute)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Stop</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Show what changed</source>
            <translation>Änderungen zeigen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Count the changes</source>
            <translation>Änderungen zählen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Correct more</source>
            <translation>Weitere korrigieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>See where the model finds IDC on this slide.</source>
            <translation>Sehen Sie, wo das Modell auf diesem Schnitt IDC findet.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>A new model is in use. See where its probabilities rose and fell.</source>
            <translation>Ein neues Modell ist in Gebrauch. Sehen Sie, wo Wahrscheinlichkeiten gestiegen und gefallen sind.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Open a folder of patients, or the demo to try things out.</source>
            <translation>Öffnen Sie einen Ordner mit Patienten oder zum Ausprobieren die Demo.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Choose a patient in the list.</source>
            <translation>Wählen Sie einen Patienten in der Liste.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>A model is needed to predict this slide.</source>
            <translation>Für eine Vorhersage zu diesem Schnitt wird ein Modell gebraucht.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>You read blind, so predictions are hidden. Show those of this patient, or end the blind reading.</source>
            <translation>Sie befunden verblindet, daher sind Vorhersagen verborgen. Zeigen Sie die dieses Patienten oder beenden Sie die verblindete Befundung.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>On this slide nothing is left where model and label differ; of {patient} there is.</source>
            <translation>Auf diesem Schnitt gibt es keine Abweichung zwischen Modell und Label mehr, bei {patient} schon.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Model and label agree wherever there is a prediction.</source>
            <translation>Modell und Label stimmen überall überein, wo es eine Vorhersage gibt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Look at another patient.</source>
            <translation>Sehen Sie sich einen anderen Patienten an.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Correct any patch that you see otherwise: A, then 1 or 2.</source>
            <translation>Korrigieren Sie ein Patch, das Sie anders sehen: A, dann 1 oder 2.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>The label stays, so the model is wrong there. Look at the next patch.</source>
            <translation>Das Label bleibt, also irrt dort das Modell. Sehen Sie sich das nächste Patch an.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Model and label differ on {differing:,} of {patches:,} patches. One of the two is wrong.</source>
            <translation>Modell und Label weichen bei {differing:,} von {patches:,} Patches voneinander ab. Eines von beiden irrt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>You have left the patch where model and label differ.</source>
            <translation>Sie haben das Patch verlassen, bei dem Modell und Label voneinander abweichen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Model and label agree on this patch now.</source>
            <translation>Modell und Label stimmen bei diesem Patch jetzt überein.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>The label says {label}, the model {predicted} ({probability:.2f}). What do you see?</source>
            <translation>Das Label sagt {label}, das Modell {predicted} ({probability:.2f}). Was sehen Sie?</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>IDC</source>
            <translation>IDC</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>not IDC</source>
            <translation>kein IDC</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>One label is corrected, and the model does not know it yet.</source>
            <translation>Ein Label ist korrigiert, und das Modell kennt es noch nicht.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>{count:,} labels are corrected, and the model does not know all of them yet.</source>
            <translation>{count:,} Labels sind korrigiert, und das Modell kennt noch nicht alle.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>To train takes two patients or more: one is to judge by.</source>
            <translation>Zum Trainieren braucht es mindestens zwei Patienten: einen zur Beurteilung.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Its head cannot be fitted to these patients, so a whole network trains.</source>
            <translation>Der Kopf kann an diese Patienten nicht angepasst werden, daher wird ein ganzes Netz trainiert.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>It learns from TRAIN patients only: this one just changes its scores.</source>
            <translation>Es lernt nur von Patienten der Rolle TRAINING: dieser ändert nur die Kennzahlen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>It learns the {count:,} of TRAIN patients.</source>
            <translation>Es lernt die {count:,} von Patienten der Rolle TRAINING.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Done: the slide shows what the new model changed.</source>
            <translation>Fertig: der Schnitt zeigt, was das neue Modell geändert hat.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Done: at your patch the probability stays {after:.2f}.</source>
            <translation>Fertig: bei Ihrem Patch bleibt die Wahrscheinlichkeit {after:.2f}.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>Done: at your patch the probability went from {before:.2f} to {after:.2f}.</source>
            <translation>Fertig: bei Ihrem Patch änderte sich die Wahrscheinlichkeit von {before:.2f} auf {after:.2f}.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>None of the slide's {patches:,} patches changed sides.</source>
            <translation>Keines der {patches:,} Patches des Schnitts wechselte die Seite.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>One of the slide's {patches:,} patches changed sides.</source>
            <translation>Eines der {patches:,} Patches des Schnitts wechselte die Seite.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>{count:,} of the slide's {patches:,} patches changed sides.</source>
            <translation>{count:,} der {patches:,} Patches des Schnitts wechselten die Seite.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_words.py" />
            <source>A dozen corrections move it more.</source>
            <translation>Ein Dutzend Korrekturen bewegt mehr.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_work.py" />
            <source>The training starts…</source>
            <translation>Das Training beginnt…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_work.py" />
            <source>Looking at the patches, only this once…</source>
            <translation>Patches werden betrachtet, nur dieses eine Mal…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_work.py" />
            <source>Stopping…</source>
            <translation>Wird angehalten…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_work.py" />
            <source>Training, epoch {epoch} of {epochs}: you can go on looking meanwhile.</source>
            <translation>Training, Epoche {epoch} von {epochs}: Sie können inzwischen weiterarbeiten.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/first_steps_work.py" />
            <source>The new model is being written…</source>
            <translation>Das neue Modell wird geschrieben…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/focus_desk.py" />
            <source>Ne&amp;xt panel</source>
            <translation>Nächstes &amp;Feld</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/focus_desk.py" />
            <source>Give the keyboard to the next panel in sight</source>
            <translation>Die Tastatur an das nächste sichtbare Feld geben</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/focus_desk.py" />
            <source>Pre&amp;vious panel</source>
            <translation>Voriges Fel&amp;d</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/focus_desk.py" />
            <source>Give the keyboard to the panel before</source>
            <translation>Die Tastatur an das Feld davor geben</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/gallery_desk.py" />
            <source>Gallery</source>
            <translation>Galerie</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/gallery_desk.py" />
            <source>{title}: there is no such patch.</source>
            <translation>{title}: ein solches Patch gibt es nicht.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/gallery_desk.py" />
            <source>{title} · {part} · threshold {threshold:.2f}</source>
            <translation>{title} · {part} · Schwelle {threshold:.2f}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/gallery_desk.py" />
            <source>Click a patch of the gallery, or go to one with the arrow keys.</source>
            <translation>Klicken Sie ein Patch der Galerie an oder gehen Sie mit den Pfeiltasten hin.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/gallery_desk.py" />
            <source>The labels are being opened: try again in a moment.</source>
            <translation>Die Labels werden geöffnet: versuchen Sie es gleich noch einmal.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/gallery_desk.py" />
            <source>{count:,} patches: {label}.</source>
            <translation>{count:,} Patches: {label}.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/gallery_desk.py" />
            <source>That was the last patch of this gallery.</source>
            <translation>Das war das letzte Patch dieser Galerie.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/gallery_words.py" />
            <source>Once patients are predicted, click a cell of the confusion matrix or a bar of a histogram in the tab Scores: its patches will be here, most confident first.</source>
            <translation>Sind Patienten vorhergesagt, klicken Sie im Reiter „Kennzahlen“ ein Feld der Konfusionsmatrix oder einen Balken eines Histogramms an: hier stehen dann die Patches, die sichersten zuerst.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/gallery_words.py" />
            <source>The patches that were here were chosen with another model. Click a cell of the confusion matrix, or a bar of a histogram, again.</source>
            <translation>Die Patches hier waren mit einem anderen Modell gewählt. Klicken Sie erneut ein Feld der Konfusionsmatrix oder einen Balken eines Histogramms an.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/gallery_words.py" />
            <source>You read blind: these patches would tell what the model predicts. Show the predictions of a patient, and its patches are here.</source>
            <translation>Sie befunden verblindet: diese Patches würden die Vorhersage verraten. Zeigen Sie die Vorhersagen eines Patienten, dann stehen seine Patches hier.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/gallery_words.py" />
            <source>{count:,} patches, most confident first</source>
            <translation>{count:,} Patches, die sichersten zuerst</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/gallery_words.py" />
            <source>; {count:,} more are hidden while you read blind</source>
            <translation>; {count:,} weitere sind verborgen, solange Sie verblindet befunden</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/head_runner.py" />
            <source>Stopped. What was read of the patches is kept: next time it goes on from there.</source>
            <translation>Angehalten. Was von den Patches gelesen ist, bleibt: beim nächsten Mal geht es dort weiter.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/head_runner.py" />
            <source>No data folder is open.</source>
            <translation>Kein Datenordner ist geöffnet.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/head_runner.py" />
            <source>No model is loaded.</source>
            <translation>Kein Modell ist geladen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/head_runner.py" />
            <source>Open data and load a model first.</source>
            <translation>Öffnen Sie zuerst Daten und laden Sie ein Modell.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/head_runner.py" />
            <source>Looking at the patches…</source>
            <translation>Patches werden betrachtet…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/head_runner.py" />
            <source>Fitting the head…</source>
            <translation>Kopf wird angepasst…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/head_runner.py" />
            <source>The new model {name} is in the list of runs; another one was chosen meanwhile.</source>
            <translation>Das neue Modell {name} steht in der Liste der Läufe; inzwischen wurde ein anderes gewählt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/import_desk.py" />
            <source>Models of Keras (*.h5 *.hdf5 *.keras);;All files (*)</source>
            <translation>Keras-Modelle (*.h5 *.hdf5 *.keras);;Alle Dateien (*)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/import_desk.py" />
            <source>Import a Keras model</source>
            <translation>Keras-Modell importieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/import_desk.py" />
            <source>Starting…</source>
            <translation>Wird gestartet…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/import_words.py" />
            <source>resized by {words}</source>
            <translation>skaliert mit {words}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/import_words.py" />
            <source>values {words}</source>
            <translation>Werte {words}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/import_words.py" />
            <source>a last {words}</source>
            <translation>zuletzt {words}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/import_words.py" />
            <source>nearest pixel</source>
            <translation>nächstem Pixel</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/import_words.py" />
            <source>bilinear</source>
            <translation>bilinear</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/import_words.py" />
            <source>0 to 255</source>
            <translation>0 bis 255</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/import_words.py" />
            <source>0 to 1</source>
            <translation>0 bis 1</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/import_words.py" />
            <source>-1 to 1</source>
            <translation>-1 bis 1</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/import_words.py" />
            <source>0 to 255, which the network scales itself</source>
            <translation>0 bis 255, die das Netz selbst skaliert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/import_words.py" />
            <source>0 to 1, which the network scales itself</source>
            <translation>0 bis 1, die das Netz selbst skaliert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/import_words.py" />
            <source>sigmoid, since the network gives no probabilities</source>
            <translation>Sigmoid, da das Netz keine Wahrscheinlichkeiten gibt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/import_words.py" />
            <source>softmax, since the network gives no probabilities</source>
            <translation>Softmax, da das Netz keine Wahrscheinlichkeiten gibt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/import_words.py" />
            <source>the first of two is IDC</source>
            <translation>die erste von zweien ist IDC</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/import_words.py" />
            <source>the second of two is IDC</source>
            <translation>die zweite von zweien ist IDC</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/import_words.py" />
            <source>one, the probability of IDC</source>
            <translation>eine, die Wahrscheinlichkeit für IDC</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/import_words.py" />
            <source>read from the file</source>
            <translation>aus der Datei gelesen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/import_words.py" />
            <source>chosen</source>
            <translation>gewählt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/import_words.py" />
            <source>assumed</source>
            <translation>angenommen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/import_words.py" />
            <source>{size} pixels</source>
            <translation>{size} Pixel</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/import_words.py" />
            <source>{told} ({how})</source>
            <translation>{told} ({how})</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/int8_runner.py" />
            <source>Stopped. The model predicts in 32 bits.</source>
            <translation>Angehalten. Das Modell sagt in 32 Bit vorher.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/int8_runner.py" />
            <source>Reading from patches how far its numbers range, some ten seconds…</source>
            <translation>Aus Patches wird gelesen, wie weit seine Zahlen reichen, etwa zehn Sekunden…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>Not IDC</source>
            <translation>Kein IDC</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>Unsure</source>
            <translation>Unklar</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>Exclude</source>
            <translation>Verwerfen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>Clear</source>
            <translation>Original</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>Label as IDC</source>
            <translation>Als IDC annotieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>Label as not IDC</source>
            <translation>Als kein IDC annotieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>Say that you are unsure; left out of trainings</source>
            <translation>Angeben, dass Sie unsicher sind; bleibt beim Training außen vor</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>Exclude, as a fold or a blur; left out of trainings</source>
            <translation>Verwerfen, etwa Falte oder Unschärfe; bleibt beim Training außen vor</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>Go back to the original label</source>
            <translation>Zurück zum ursprünglichen Label</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>Select</source>
            <translation>Auswahl</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>Click a patch to look at it; a label's key then labels it</source>
            <translation>Ein Patch zum Ansehen anklicken; die Taste eines Labels annotiert es</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>Click</source>
            <translation>Klicken</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>Label the patch that is clicked</source>
            <translation>Das angeklickte Patch annotieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>Brush</source>
            <translation>Pinsel</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>Label the patches that are brushed over</source>
            <translation>Die überstrichenen Patches annotieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>Rectangle</source>
            <translation>Rechteck</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>Label the patches of a rectangle</source>
            <translation>Die Patches eines Rechtecks annotieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>Lasso</source>
            <translation>Lasso</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>Label the patches that a line is drawn around</source>
            <translation>Die umfahrenen Patches annotieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>&amp;Annotate</source>
            <translation>&amp;Annotieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>Show the tools that label patches</source>
            <translation>Werkzeuge zum Annotieren von Patches zeigen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>Smaller brush</source>
            <translation>Kleinerer Pinsel</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>A smaller brush</source>
            <translation>Ein kleinerer Pinsel</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>Larger brush</source>
            <translation>Größerer Pinsel</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>A larger brush</source>
            <translation>Ein größerer Pinsel</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>&amp;Confirm and go on</source>
            <translation>&amp;Bestätigen und weiter</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>Confirm the label of the patch and go to the next</source>
            <translation>Das Label des Patches bestätigen und zum nächsten gehen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>Confirm  ↵</source>
            <translation>Bestätigen  ↵</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>&amp;Undo</source>
            <translation>&amp;Rückgängig</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>Undo the last stroke</source>
            <translation>Letzte Eingabe rückgängig machen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>&amp;Redo</source>
            <translation>&amp;Wiederholen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_actions.py" />
            <source>Redo the stroke</source>
            <translation>Eingabe wiederholen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_marks.py" />
            <source>{label}, corrected</source>
            <translation>{label}, korrigiert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/label_marks.py" />
            <source>{label}, confirmed</source>
            <translation>{label}, bestätigt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/language.py" />
            <source>English</source>
            <translation>Englisch</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/language.py" />
            <source>German</source>
            <translation>Deutsch</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/language.py" />
            <source>From its next start the window is in {language}.</source>
            <translation>Ab dem nächsten Start ist das Fenster auf {language}.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/language.py" />
            <source>As the &amp;system</source>
            <translation>Wie das &amp;System</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/language.py" />
            <source>Lan&amp;guage</source>
            <translation>Spra&amp;che</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/language.py" />
            <source>The language of the window, from its next start on</source>
            <translation>Die Sprache des Fensters, ab dem nächsten Start</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/last_labels.py" />
            <source>The disk does not answer.</source>
            <translation>Die Festplatte antwortet nicht.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/last_labels.py" />
            <source>And {count:,} more.</source>
            <translation>Und {count:,} weitere.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/last_labels.py" />
            <source>The last stroke is not on the disk. {problem}</source>
            <translation>Die letzte Eingabe ist nicht auf der Festplatte. {problem}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/last_labels.py" />
            <source>The last {count:,} strokes are not on the disk. {problem}</source>
            <translation>Die letzten {count:,} Eingaben sind nicht auf der Festplatte. {problem}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/last_labels.py" />
            <source>Table (*.csv)</source>
            <translation>Tabelle (*.csv)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/last_labels.py" />
            <source>Save all labels</source>
            <translation>Alle Labels speichern</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/layouts.py" />
            <source>&amp;Browsing</source>
            <translation>&amp;Betrachten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/layouts.py" />
            <source>Patients, model and patch; the slide has the whole height</source>
            <translation>Patienten, Modell und Patch; der Schnitt hat die ganze Höhe</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/layouts.py" />
            <source>&amp;Annotating</source>
            <translation>&amp;Annotieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/layouts.py" />
            <source>Patients, labels and patch; the slide has the whole height</source>
            <translation>Patienten, Labels und Patch; der Schnitt hat die ganze Höhe</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/layouts.py" />
            <source>&amp;Training</source>
            <translation>&amp;Trainieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/layouts.py" />
            <source>The training below, the model beside the slide</source>
            <translation>Unten das Training, neben dem Schnitt das Modell</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/layouts.py" />
            <source>&amp;Evaluating</source>
            <translation>Aus&amp;werten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/layouts.py" />
            <source>Evaluation and review below; the slide beside them</source>
            <translation>Unten Auswertung und Durchsicht, daneben der Schnitt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/layouts.py" />
            <source>La&amp;yout</source>
            <translation>An&amp;ordnung</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/main_window.py" />
            <source>&lt;h3&gt;bcviewer {version}&lt;/h3&gt;
&lt;p&gt;Browse breast-cancer slides, see where a model finds invasive ductal carcinoma (IDC), and
retrain it.&lt;/p&gt;
&lt;p&gt;&lt;b&gt;Research use only.&lt;/b&gt; It is no medical device; nothing that it shows may be used for the
diagnosis or the treatment of a person.&lt;/p&gt;
&lt;p&gt;Data: breast-histopathology-images (CC0), after Cruz-Roa et al. 2014 and Janowczyk and
Madabhushi 2016. Licence of the program: Apache 2.0.&lt;/p&gt;</source>
            <translation>&lt;h3&gt;bcviewer {version}&lt;/h3&gt;
&lt;p&gt;Schnitte von Brustkrebs betrachten, sehen, wo ein Modell invasives duktales Karzinom (IDC)
findet, und es neu trainieren.&lt;/p&gt;
&lt;p&gt;&lt;b&gt;Nur für Forschungszwecke.&lt;/b&gt; Kein Medizinprodukt; nichts, was es zeigt, darf für Diagnose
oder Behandlung eines Menschen verwendet werden.&lt;/p&gt;
&lt;p&gt;Daten: breast-histopathology-images (CC0), nach Cruz-Roa et al. 2014 und Janowczyk und
Madabhushi 2016. Lizenz des Programms: Apache 2.0.&lt;/p&gt;</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/main_window.py" />
            <source>Compare</source>
            <translation>Vergleichen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/main_window.py" />
            <source>Patch</source>
            <translation>Patch</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/main_window.py" />
            <source>Training</source>
            <translation>Training</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/main_window.py" />
            <source>Review</source>
            <translation>Durchsicht</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/main_window.py" />
            <source>Evaluation</source>
            <translation>Auswertung</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/main_window.py" />
            <source>About bcviewer</source>
            <translation>Über bcviewer</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/menus.py" />
            <source>&amp;File</source>
            <translation>&amp;Datei</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/menus.py" />
            <source>&amp;View</source>
            <translation>&amp;Ansicht</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/menus.py" />
            <source>&amp;Model</source>
            <translation>&amp;Modell</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/menus.py" />
            <source>&amp;Help</source>
            <translation>&amp;Hilfe</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/menus.py" />
            <source>&amp;Layers</source>
            <translation>&amp;Ebenen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/menus.py" />
            <source>Toolbar</source>
            <translation>Werkzeugleiste</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/model_desk.py" />
            <source>Load a model folder or a run</source>
            <translation>Modellordner oder Lauf laden</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/model_menu.py" />
            <source>&amp;Models at hand</source>
            <translation>Verfügbare &amp;Modelle</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/model_menu.py" />
            <source>in the box</source>
            <translation>mitgeliefert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/model_menu.py" />
            <source>imported</source>
            <translation>importiert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/agreement_table.py" />
            <source>Readers</source>
            <translation>Befunder</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/agreement_table.py" />
            <source>Kappa</source>
            <translation>Kappa</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/agreement_table.py" />
            <source>In common</source>
            <translation>Gemeinsam</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/agreement_table.py" />
            <source>Same label</source>
            <translation>Gleiches Label</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/agreement_table.py" />
            <source>They disagree</source>
            <translation>Uneinig</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/agreement_table.py" />
            <source>Left out</source>
            <translation>Ausgelassen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/agreement_table.py" />
            <source>Two readers who labelled some of the same patches</source>
            <translation>Zwei Befunder, die zum Teil dieselben Patches annotiert haben</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/agreement_table.py" />
            <source>Cohen's kappa: 1 for full agreement, 0 for what chance would do</source>
            <translation>Cohens Kappa: 1 bei voller Übereinstimmung, 0 wie durch Zufall</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/agreement_table.py" />
            <source>Patches that both called IDC or not IDC</source>
            <translation>Patches, die beide als IDC oder kein IDC annotiert haben</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/agreement_table.py" />
            <source>Share of these patches with the same label from both</source>
            <translation>Anteil dieser Patches mit gleichem Label von beiden</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/agreement_table.py" />
            <source>Patches with another label from each; click to look at them</source>
            <translation>Patches mit verschiedenen Labels; zum Ansehen anklicken</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/agreement_table.py" />
            <source>Patches that both looked at and at least one called unsure or excluded</source>
            <translation>Patches, die beide betrachtet haben und mindestens einer als unklar oder verworfen annotiert hat</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/agreement_table.py" />
            <source> and </source>
            <translation> und </translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/change_table.py" />
            <source>Patients were</source>
            <translation>Patienten waren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/change_table.py" />
            <source>Patches</source>
            <translation>Patches</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/change_table.py" />
            <source>Fixed</source>
            <translation>Korrigiert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/change_table.py" />
            <source>Broken</source>
            <translation>Verschlechtert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/change_table.py" />
            <source>Right as before</source>
            <translation>Richtig wie zuvor</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/change_table.py" />
            <source>Wrong as before</source>
            <translation>Falsch wie zuvor</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/change_table.py" />
            <source>What the patients were to the two models: the less honest of the two</source>
            <translation>Was die Patienten für die beiden Modelle waren: das ungünstigere von beiden</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/change_table.py" />
            <source>Patients with a prediction by both models</source>
            <translation>Patienten mit einer Vorhersage beider Modelle</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/change_table.py" />
            <source>Patches with a prediction by both models and a label</source>
            <translation>Patches mit Label und einer Vorhersage beider Modelle</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/change_table.py" />
            <source>Wrong before, right now; click to look at them</source>
            <translation>Vorher falsch, jetzt richtig; zum Ansehen anklicken</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/change_table.py" />
            <source>Right before, wrong now; click to look at them</source>
            <translation>Vorher richtig, jetzt falsch; zum Ansehen anklicken</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/change_table.py" />
            <source>Right both times</source>
            <translation>Beide Male richtig</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/change_table.py" />
            <source>Wrong both times</source>
            <translation>Beide Male falsch</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/compare_tables.py" />
            <source>Score</source>
            <translation>Kennzahl</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/compare_tables.py" />
            <source>Model 1</source>
            <translation>Modell 1</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/compare_tables.py" />
            <source>Model 2</source>
            <translation>Modell 2</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/compare_tables.py" />
            <source>2 less 1</source>
            <translation>2 minus 1</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/compare_tables.py" />
            <source>95 % interval</source>
            <translation>95-%-Intervall</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/compare_tables.py" />
            <source>Better</source>
            <translation>Besser</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/compare_tables.py" />
            <source>The second model's score less the first's, on the same patches</source>
            <translation>Wert des zweiten Modells minus Wert des ersten, an denselben Patches</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/compare_tables.py" />
            <source>Of the difference, from a bootstrap over patients: both models are judged on the same resampled patients. An interval that holds 0 tells of no difference</source>
            <translation>Intervall der Differenz aus einem Bootstrap über Patienten: beide Modelle werden an denselben gezogenen Patienten beurteilt. Ein Intervall, das 0 enthält, zeigt keinen Unterschied</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/compare_tables.py" />
            <source>The model that the difference speaks for; empty where it may be chance</source>
            <translation>Das Modell, für das die Differenz spricht; leer, wo es Zufall sein kann</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/compare_tables.py" />
            <source>Patient</source>
            <translation>Patient</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/compare_tables.py" />
            <source>Label</source>
            <translation>Label</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/compare_tables.py" />
            <source>Right</source>
            <translation>Richtig</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/compare_tables.py" />
            <source>Click a row to see the patch in its tissue</source>
            <translation>Eine Zeile anklicken, um das Patch im Gewebe zu sehen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/compare_tables.py" />
            <source>Left edge in slide pixels</source>
            <translation>Linker Rand in Pixeln des Schnitts</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/compare_tables.py" />
            <source>Top edge in slide pixels</source>
            <translation>Oberer Rand in Pixeln des Schnitts</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/compare_tables.py" />
            <source>What the patch was judged by</source>
            <translation>Wonach das Patch beurteilt wurde</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/compare_tables.py" />
            <source>Probability of IDC by the first model</source>
            <translation>Wahrscheinlichkeit für IDC laut erstem Modell</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/compare_tables.py" />
            <source>Probability of IDC by the second model</source>
            <translation>Wahrscheinlichkeit für IDC laut zweitem Modell</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/compare_tables.py" />
            <source>The model that agrees with the label</source>
            <translation>Das Modell, das mit dem Label übereinstimmt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/compare_tables.py" />
            <source>model 1</source>
            <translation>Modell 1</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/compare_tables.py" />
            <source>model 2</source>
            <translation>Modell 2</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/compare_tables.py" />
            <source>Threshold</source>
            <translation>Schwelle</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/compare_tables.py" />
            <source>Each model is judged at its own threshold</source>
            <translation>Jedes Modell wird an seiner eigenen Schwelle beurteilt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/compare_tables.py" />
            <source>Parameters</source>
            <translation>Parameter</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/compare_tables.py" />
            <source>Numbers that the network has learned</source>
            <translation>Zahlen, die das Netz gelernt hat</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/compare_tables.py" />
            <source>Patches/s</source>
            <translation>Patches/s</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/compare_tables.py" />
            <source>Measured here on a few hundred patches, in turns; reading of pictures not counted</source>
            <translation>Hier an einigen hundert Patches gemessen, abwechselnd; ohne das Lesen der Bilder</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/compare_tables.py" />
            <source>{low} to {high}</source>
            <translation>{low} bis {high}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/evaluation_table.py" />
            <source>Role</source>
            <translation>Rolle</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/evaluation_table.py" />
            <source>Predicted</source>
            <translation>Modell</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/evaluation_table.py" />
            <source>Off by</source>
            <translation>Abw.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/evaluation_table.py" />
            <source>Bal. acc.</source>
            <translation>Bal. Gen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/evaluation_table.py" />
            <source>Accuracy</source>
            <translation>Genauigkeit</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/evaluation_table.py" />
            <source>AUC</source>
            <translation>AUC</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/evaluation_table.py" />
            <source>Missed</source>
            <translation>Übersehen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/evaluation_table.py" />
            <source>Alarms</source>
            <translation>Fehlalarme</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/evaluation_table.py" />
            <source>The patient's id; click a row to open it</source>
            <translation>Kennung des Patienten; zum Öffnen eine Zeile anklicken</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/evaluation_table.py" />
            <source>What the patient was for the model</source>
            <translation>Was der Patient für das Modell war</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/evaluation_table.py" />
            <source>Patches with a label and a prediction</source>
            <translation>Patches mit Label und Vorhersage</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/evaluation_table.py" />
            <source>Share of these patches that is labelled IDC</source>
            <translation>Anteil dieser Patches, der als IDC annotiert ist</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/evaluation_table.py" />
            <source>Share that is predicted IDC at the threshold</source>
            <translation>Anteil, der an der Schwelle als IDC vorhergesagt ist</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/evaluation_table.py" />
            <source>Predicted share less labelled share, in percentage points</source>
            <translation>Vorhergesagter minus annotierter Anteil, in Prozentpunkten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/evaluation_table.py" />
            <source>Mean of sensitivity and specificity; a dash where one class is missing, which is sorted by its accuracy</source>
            <translation>Mittel aus Sensitivität und Spezifität; ein Strich, wo eine Klasse fehlt: dort wird nach Genauigkeit sortiert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/evaluation_table.py" />
            <source>Share of the patches that is right</source>
            <translation>Anteil der richtigen Patches</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/evaluation_table.py" />
            <source>Area under the patient's own ROC curve; a dash where one class is missing</source>
            <translation>Fläche unter der eigenen ROC-Kurve des Patienten; ein Strich, wo eine Klasse fehlt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/evaluation_table.py" />
            <source>IDC patches that the model does not find</source>
            <translation>IDC-Patches, die das Modell nicht findet</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/evaluation_table.py" />
            <source>Other patches that the model calls IDC</source>
            <translation>Andere Patches, die das Modell IDC nennt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/label_history.py" />
            <source>{text}, {time:%Y-%m-%d %H:%M} by {reader}</source>
            <translation>{text}, {time:%d.%m.%Y %H:%M}, {reader}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/label_history.py" />
            <source>{text}, {time:%Y-%m-%d %H:%M} by {reader}; undone</source>
            <translation>{text}, {time:%d.%m.%Y %H:%M}, {reader}; rückgängig gemacht</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/label_history.py" />
            <source>{text}, undone</source>
            <translation>{text}, rückgängig gemacht</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/patient_table.py" />
            <source>Part</source>
            <translation>Teil</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/patient_table.py" />
            <source>The patient's id</source>
            <translation>Kennung des Patienten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/patient_table.py" />
            <source>Number of patches</source>
            <translation>Anzahl der Patches</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/patient_table.py" />
            <source>Share of patches labelled IDC</source>
            <translation>Anteil der als IDC annotierten Patches</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/patient_table.py" />
            <source>Share of patches that the model predicts IDC at the threshold; empty until predicted</source>
            <translation>Anteil der Patches, die das Modell an der Schwelle als IDC vorhersagt; leer, solange es keine Vorhersage gibt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/patient_table.py" />
            <source>The patient's part in the training of the model in use</source>
            <translation>Teil des Patienten im Training des verwendeten Modells</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/patient_table.py" />
            <source>Number of patches that readers corrected, or left out as unsure or excluded</source>
            <translation>Anzahl der Patches, die Befunder korrigiert oder als unklar oder verworfen ausgelassen haben</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/patient_table.py" />
            <source>train</source>
            <translation>Training</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/patient_table.py" />
            <source>validation</source>
            <translation>Validierung</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/patient_table.py" />
            <source>held out</source>
            <translation>ungesehen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/patient_table.py" />
            <source>unknown</source>
            <translation>unbekannt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/patient_table.py" />
            <source>{patient}: 1 patch corrected or left out</source>
            <translation>{patient}: 1 Patch korrigiert oder ausgelassen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/patient_table.py" />
            <source>{patient}: {count:,} patches corrected or left out</source>
            <translation>{patient}: {count:,} Patches korrigiert oder ausgelassen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/queue_table.py" />
            <source>Truth</source>
            <translation>Referenz</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/queue_table.py" />
            <source>Patient {patient}, x {x:,}, y {y:,}</source>
            <translation>Patient {patient}, x {x:,}, y {y:,}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/queue_table.py" />
            <source>truth {label}</source>
            <translation>Referenz {label}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/queue_table.py" />
            <source>label {label}</source>
            <translation>Label {label}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/queue_table.py" />
            <source>predicted {probability}</source>
            <translation>Vorhersage {probability}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/run_table.py" />
            <source>Run</source>
            <translation>Lauf</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/run_table.py" />
            <source>State</source>
            <translation>Status</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/run_table.py" />
            <source>Started</source>
            <translation>Beginn</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/run_table.py" />
            <source>Split</source>
            <translation>Aufteilung</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/run_table.py" />
            <source>Epochs</source>
            <translation>Epochen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/run_table.py" />
            <source>The run's name; F2 changes it</source>
            <translation>Name des Laufs; F2 ändert ihn</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/run_table.py" />
            <source>How the training ended</source>
            <translation>Wie das Training endete</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/run_table.py" />
            <source>When the training was started</source>
            <translation>Wann das Training begann</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/run_table.py" />
            <source>The network that was trained</source>
            <translation>Das trainierte Netz</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/run_table.py" />
            <source>How patients were divided; scores of a patch-wise split are optimistic</source>
            <translation>Wie die Patienten aufgeteilt wurden; Kennzahlen einer patchweisen Aufteilung sind optimistisch</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/run_table.py" />
            <source>Epochs done, of those asked for</source>
            <translation>Fertige Epochen, von den gewünschten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/run_table.py" />
            <source>Balanced accuracy in validation at the best epoch, at a threshold of 0.5</source>
            <translation>Balancierte Genauigkeit in der Validierung an der besten Epoche, bei einer Schwelle von 0.5</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/run_table.py" />
            <source>Area under the ROC curve in validation at the best epoch</source>
            <translation>Fläche unter der ROC-Kurve in der Validierung an der besten Epoche</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/run_table.py" />
            <source>Patients of the validation part, that the scores were measured on</source>
            <translation>Patienten des Validierungsteils, an denen gemessen wurde</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/run_table.py" />
            <source>unreadable</source>
            <translation>unlesbar</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/run_table.py" />
            <source>Split {split}</source>
            <translation>Aufteilung {split}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/run_table.py" />
            <source>At epoch {epoch}, the best; split {split}</source>
            <translation>Bei Epoche {epoch}, der besten; Aufteilung {split}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/runs_settings.py" />
            <source>Width</source>
            <translation>Breite</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/runs_settings.py" />
            <source>Start weights</source>
            <translation>Startgewichte</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/runs_settings.py" />
            <source>Steps an epoch</source>
            <translation>Schritte je Epoche</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/runs_settings.py" />
            <source>Learning rate</source>
            <translation>Lernrate</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/runs_settings.py" />
            <source>of training / validation / test</source>
            <translation>von Training / Validierung / Test</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/runs_settings.py" />
            <source>yes</source>
            <translation>ja</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/runs_settings.py" />
            <source>no</source>
            <translation>nein</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/runs_settings.py" />
            <source>Setting</source>
            <translation>Einstellung</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/runs_settings.py" />
            <source>Computed on</source>
            <translation>Gerechnet auf</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/models/runs_settings.py" />
            <source>all patches</source>
            <translation>alle Patches</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/prediction_runner.py" />
            <source>Stopped. What was predicted is kept.</source>
            <translation>Angehalten. Was vorhergesagt ist, bleibt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/prediction_runner.py" />
            <source>All patients are predicted already.</source>
            <translation>Alle Patienten sind schon vorhergesagt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/prediction_runner.py" />
            <source>Opening the model…</source>
            <translation>Modell wird geöffnet…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/prediction_runner.py" />
            <source>Predicting all patients…</source>
            <translation>Vorhersage für alle Patienten…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/prediction_runner.py" />
            <source>Predicting 1 patient…</source>
            <translation>Vorhersage für 1 Patienten…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/prediction_runner.py" />
            <source>Predicting {count:,} patients…</source>
            <translation>Vorhersage für {count:,} Patienten…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/prediction_runner.py" />
            <source>Predicting {patient}, {way}…</source>
            <translation>Vorhersage für {patient}, {way}…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/prediction_runner.py" />
            <source>1 patient is predicted.</source>
            <translation>Die Vorhersage für 1 Patienten ist da.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/prediction_runner.py" />
            <source>{count} patients are predicted.</source>
            <translation>Vorhersagen für {count} Patienten sind da.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/problem_desk.py" />
            <source>Gather versions, settings and the end of the log in a text; nothing is sent</source>
            <translation>Versionen, Einstellungen und das Ende des Protokolls zu einem Text zusammenstellen; nichts wird gesendet</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/problem_desk.py" />
            <source>Something unexpected went wrong. Help › Report a problem gathers what is known of it.</source>
            <translation>Etwas Unerwartetes ist schiefgegangen. Hilfe › Problem melden stellt zusammen, was darüber bekannt ist.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/problem_desk.py" />
            <source>&amp;Report a problem…</source>
            <translation>&amp;Problem melden…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/queue_desk.py" />
            <source>There are no such patches any more.</source>
            <translation>Solche Patches gibt es nicht mehr.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/queue_desk.py" />
            <source>Patch {number:,} of {count:,}</source>
            <translation>Patch {number:,} von {count:,}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/queue_desk.py" />
            <source>; there are new predictions: refresh</source>
            <translation>; es gibt neue Vorhersagen: neu laden</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/queue_desk.py" />
            <source>Click a patch of the queue, or go to one with the arrow keys.</source>
            <translation>Klicken Sie ein Patch der Arbeitsliste an oder gehen Sie mit den Pfeiltasten hin.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/queue_desk.py" />
            <source>That was the last patch of this queue. Refresh it to look for more.</source>
            <translation>Das war das letzte Patch dieser Arbeitsliste. Laden Sie sie neu, um weitere zu suchen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/queue_words.py" />
            <source>Open a folder of patients: then the patches that are most worth a look stand here.</source>
            <translation>Öffnen Sie einen Ordner mit Patienten: dann stehen hier die Patches, bei denen sich ein Blick am meisten lohnt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/queue_words.py" />
            <source>The labels are being opened…</source>
            <translation>Die Labels werden geöffnet…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/queue_words.py" />
            <source>This queue is sorted by a model: load one first (Model › Load model).</source>
            <translation>Diese Arbeitsliste ist nach einem Modell sortiert: laden Sie zuerst eines (Modell › Modell laden).</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/queue_words.py" />
            <source>Predict all patients first: this queue is sorted by that.</source>
            <translation>Lassen Sie zuerst alle Patienten vorhersagen: danach ist diese Arbeitsliste sortiert.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/queue_words.py" />
            <source>Predict this patient first (Model › Predict this patient), or choose all patients.</source>
            <translation>Lassen Sie zuerst diesen Patienten vorhersagen (Modell › Vorhersage für diesen Patienten) oder wählen Sie alle Patienten.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/queue_words.py" />
            <source>You read blind, and this queue would tell what the model predicts: use the random control or the one at odds with neighbours, or show the predictions of a patient you have done.</source>
            <translation>Sie befunden verblindet, und diese Arbeitsliste würde die Vorhersage verraten: nehmen Sie die Zufallskontrolle oder die Liste „Abweichend von Nachbarn“, oder zeigen Sie die Vorhersagen eines fertigen Patienten.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/queue_words.py" />
            <source>Sorting…</source>
            <translation>Wird sortiert…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/queue_words.py" />
            <source>You have answered every patch that has a prediction.</source>
            <translation>Sie haben jedes Patch mit einer Vorhersage beantwortet.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/queue_words.py" />
            <source>No label is contradicted by the model here, among the patients that it did not train on.</source>
            <translation>Hier widerspricht das Modell keinem Label, unter den Patienten, an denen es nicht trainiert wurde.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/queue_words.py" />
            <source>No label here is at odds with most of its neighbours.</source>
            <translation>Hier weicht kein Label von den meisten seiner Nachbarn ab.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/queue_words.py" />
            <source>You have answered every patch.</source>
            <translation>Sie haben jedes Patch beantwortet.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/queue_words.py" />
            <source>No label here is contradicted by a network that did not train on its patient.</source>
            <translation>Hier widerspricht kein Netz, das nicht an dem Patienten trainiert wurde, einem Label.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/queue_words.py" />
            <source>Judged by {out_of_fold}; thresholds at 0.50.</source>
            <translation>Beurteilt durch {out_of_fold}; Schwellen bei 0.50.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/queue_words.py" />
            <source>Judged by the model in use, on patients that it did not train on.</source>
            <translation>Beurteilt durch das verwendete Modell, an Patienten, an denen es nicht trainiert wurde.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/queue_words.py" />
            <source>Nothing of it is looked at yet.</source>
            <translation>Davon ist noch nichts betrachtet.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/queue_words.py" />
            <source>1 correction</source>
            <translation>1 Korrektur</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/queue_words.py" />
            <source>{count:,} corrections</source>
            <translation>{count:,} Korrekturen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/queue_words.py" />
            <source>{corrections} of {looked_at:,} looked at: {per_hundred:.0f} per 100</source>
            <translation>{corrections} bei {looked_at:,} betrachteten: {per_hundred:.0f} je 100</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/queue_words.py" />
            <source>By chance: look at some of the random control to compare.</source>
            <translation>Zufällig: sehen Sie sich zum Vergleich einige der Zufallskontrolle an.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/queue_words.py" />
            <source>By chance: {per_hundred:.0f} per 100 ({count:,} of {looked_at:,})</source>
            <translation>Zufällig: {per_hundred:.0f} je 100 ({count:,} von {looked_at:,})</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/report_desk.py" />
            <source>Write scores, curves, patients and maps of the model in use to one page</source>
            <translation>Kennzahlen, Kurven, Patienten und Karten des verwendeten Modells auf eine Seite schreiben</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/report_desk.py" />
            <source>The labels are still being read.</source>
            <translation>Die Labels werden noch gelesen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/report_desk.py" />
            <source>You read blind: a report would show the predictions.</source>
            <translation>Sie befunden verblindet: ein Bericht würde die Vorhersagen zeigen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/report_desk.py" />
            <source>Stopped: no report was written.</source>
            <translation>Angehalten: es wurde kein Bericht geschrieben.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/report_desk.py" />
            <source>Save e&amp;valuation report…</source>
            <translation>&amp;Auswertungsbericht speichern…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/report_desk.py" />
            <source>{model} on {data}: {part}; {view}, threshold {threshold:.2f}. Patients without a prediction are predicted first.</source>
            <translation>{model} an {data}: {part}; {view}, Schwelle {threshold:.2f}. Patienten ohne Vorhersage werden zuerst vorhergesagt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/report_desk.py" />
            <source>Saved: {paths}</source>
            <translation>Gespeichert: {paths}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/review_desk.py" />
            <source>Queue</source>
            <translation>Arbeitsliste</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/review_desk.py" />
            <source>Change</source>
            <translation>Änderung</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/review_desk.py" />
            <source>Disagree: {readers}</source>
            <translation>Uneinig: {readers}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/scheme.py" />
            <source>&amp;Light</source>
            <translation>&amp;Hell</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/scheme.py" />
            <source>&amp;Dark</source>
            <translation>&amp;Dunkel</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/scheme.py" />
            <source>Light or dark as the system is, also when it changes</source>
            <translation>Hell oder dunkel wie das System, auch wenn es wechselt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/scheme.py" />
            <source>Always light</source>
            <translation>Immer hell</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/scheme.py" />
            <source>Always dark: easier on the eyes in a dim room</source>
            <translation>Immer dunkel: schont die Augen in einem abgedunkelten Raum</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/scheme.py" />
            <source>Colour s&amp;cheme</source>
            <translation>Farbsche&amp;ma</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/similar_words.py" />
            <source>as in the data</source>
            <translation>wie in den Daten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/similar_words.py" />
            <source>corrected; {label} in the data</source>
            <translation>korrigiert; in den Daten {label}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/similar_words.py" />
            <source>Patient {patient}, {role}
x {x:,} · y {y:,}
{label}, {source}
{predicted}
likeness {likeness:.2f} of 1
Click to go there</source>
            <translation>Patient {patient}, {role}
x {x:,} · y {y:,}
{label}, {source}
{predicted}
Ähnlichkeit {likeness:.2f} von 1
Zum Hingehen anklicken</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/similar_words.py" />
            <source>1 other patient</source>
            <translation>1 anderer Patient</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/similar_words.py" />
            <source>{count:,} other patients</source>
            <translation>{count:,} andere Patienten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/similar_words.py" />
            <source>{idc} of {patches} are IDC · {patients} searched</source>
            <translation>{idc} von {patches} sind IDC · {patients} durchsucht</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/similar_words.py" />
            <source>Nearest of {patches:,} patches, by the cosine of the model's standardised features. The model has learned the labels of TRAIN patients by heart, in part.</source>
            <translation>Die nächsten unter {patches:,} Patches, nach dem Kosinus der standardisierten Merkmale des Modells. Labels von Patienten der Rolle TRAINING hat das Modell zum Teil auswendig gelernt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/similar_words.py" />
            <source>prediction hidden</source>
            <translation>Vorhersage verborgen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/similar_words.py" />
            <source>not predicted yet</source>
            <translation>noch ohne Vorhersage</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/similar_words.py" />
            <source>probability of IDC {probability} ({view})</source>
            <translation>Wahrscheinlichkeit für IDC {probability} ({view})</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/slide_export_desk.py" />
            <source>Write the slide on screen: PNG, SVG, values, GeoJSON for QuPath</source>
            <translation>Den Schnitt auf dem Bildschirm schreiben: PNG, SVG, Werte, GeoJSON für QuPath</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/slide_export_desk.py" />
            <source>Export this &amp;slide…</source>
            <translation>Diesen &amp;Schnitt exportieren…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/slide_export_desk.py" />
            <source>Open a patient to export its slide.</source>
            <translation>Öffnen Sie einen Patienten, um seinen Schnitt zu exportieren.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/slide_export_desk.py" />
            <source>Patient {patient}, as it is on screen</source>
            <translation>Patient {patient}, wie er auf dem Bildschirm ist</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/slide_export_desk.py" />
            <source>: change from {earlier} to {model}.</source>
            <translation>: Änderung von {earlier} zu {model}.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/slide_export_desk.py" />
            <source>: uncertainty of {model}, threshold {threshold:.2f}.</source>
            <translation>: Unsicherheit von {model}, Schwelle {threshold:.2f}.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/slide_export_desk.py" />
            <source>: {model}, threshold {threshold:.2f}.</source>
            <translation>: {model}, Schwelle {threshold:.2f}.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/slide_export_desk.py" />
            <source>1 file is written to {folder}.</source>
            <translation>1 Datei ist nach {folder} geschrieben.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/slide_export_desk.py" />
            <source>{count} files are written to {folder}.</source>
            <translation>{count} Dateien sind nach {folder} geschrieben.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/slide_export_desk.py" />
            <source>Stopped; the files written until then are whole.</source>
            <translation>Angehalten; die bis dahin geschriebenen Dateien sind vollständig.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/start_desk.py" />
            <source>Ctrl+Shift+P finds every command.   F1 lists every key.</source>
            <translation>Strg+Umschalt+P findet jeden Befehl.   F1 zeigt alle Tasten.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/start_desk.py" />
            <source>The Kaggle data set is in {folder}. Open it from there when you like.</source>
            <translation>Der Kaggle-Datensatz liegt in {folder}. Öffnen Sie ihn von dort, wann Sie möchten.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/status_line.py" />
            <source>Research use only · not for diagnosis</source>
            <translation>Nur für Forschungszwecke · nicht zur Diagnose</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/status_line.py" />
            <source>No data folder is open</source>
            <translation>Kein Datenordner ist geöffnet</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/status_line.py" />
            <source>Progress of what is being opened</source>
            <translation>Fortschritt des Öffnens</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/status_line.py" />
            <source> · synthetic tissue</source>
            <translation> · synthetisches Gewebe</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/status_line.py" />
            <source> · {findings:,} in the report</source>
            <translation> · {findings:,} im Bericht</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/status_line.py" />
            <source>{data}{synthetic} · {patients} · {patches}{noted}</source>
            <translation>{data}{synthetic} · {patients} · {patches}{noted}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/training_desk.py" />
            <source>Train</source>
            <translation>Training</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/training_desk.py" />
            <source>Train · in the background</source>
            <translation>Training · im Hintergrund</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/training_desk.py" />
            <source>Runs</source>
            <translation>Läufe</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/training_desk.py" />
            <source>Following {name}, which trains in the background.</source>
            <translation>Verfolgt {name}, das im Hintergrund trainiert.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/training_desk.py" />
            <source>A training has ended. Its model is not loaded: others were chosen meanwhile.</source>
            <translation>Ein Training ist zu Ende. Sein Modell ist nicht geladen: inzwischen wurden andere Daten oder ein anderes Modell gewählt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/training_desk.py" />
            <source>The job is saved: {path}</source>
            <translation>Der Job ist gespeichert: {path}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/training_desk.py" />
            <source>A training runs already. Continue from this one when it has ended.</source>
            <translation>Es läuft bereits ein Training. Führen Sie dieses fort, wenn es beendet ist.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/training_desk.py" />
            <source>A training from the model of {name} is set up: start it.</source>
            <translation>Ein Training vom Modell aus {name} ist vorbereitet: starten Sie es.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/training_desk.py" />
            <source>A training runs already. Resume this one when it has ended.</source>
            <translation>Es läuft bereits ein Training. Setzen Sie dieses fort, wenn es beendet ist.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/training_desk.py" />
            <source>A training runs already. Make this model when it has ended.</source>
            <translation>Es läuft schon ein Training. Dieses Modell erstellen, wenn es beendet ist.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/view_desk.py" />
            <source>This model has neither context nor calibration; the model's panel offers to fit both.</source>
            <translation>Dieses Modell hat weder Kontext noch Kalibrierung; im Feld „Modell“ lassen sich beide anpassen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/view_desk.py" />
            <source>This model has neither context nor calibration. {reason}</source>
            <translation>Dieses Modell hat weder Kontext noch Kalibrierung. {reason}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/view_desk.py" />
            <source>There is no prediction for this patient yet.</source>
            <translation>Für diesen Patienten gibt es noch keine Vorhersage.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/agreement_view.py" />
            <source>When two readers have labelled some of the same patches, how far they agree stands here. Choose the reader in the panel Labels; the random control offers all readers the same patches.</source>
            <translation>Haben zwei Befunder zum Teil dieselben Patches annotiert, steht hier, wie weit sie übereinstimmen. Den Befunder wählen Sie im Feld „Labels“; die Zufallskontrolle bietet allen dieselben Patches an.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/agreement_view.py" />
            <source>Cohen's kappa over the patches that both called IDC or not IDC. Click a pair to see where they disagree.</source>
            <translation>Cohens Kappa über die Patches, die beide als IDC oder kein IDC annotiert haben. Klicken Sie ein Paar an, um zu sehen, wo sie uneinig sind.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/agreement_view.py" />
            <source>Agreement of readers</source>
            <translation>Übereinstimmung der Befunder</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/area_box.py" />
            <source>Positive area: how many of the predicted patches are at or above the threshold. Type another share to move the threshold there</source>
            <translation>Positive Fläche: wie viele der vorhergesagten Patches an oder über der Schwelle liegen. Ein anderer Anteil verschiebt die Schwelle dorthin</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/area_box.py" />
            <source>Positive area in percent</source>
            <translation>Positive Fläche in Prozent</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/change_view.py" />
            <source>Correct labels and retrain the head (Ctrl+H), or load another model: what that changed in the open patients, patch by patch, is counted here.</source>
            <translation>Korrigieren Sie Labels und trainieren Sie den Kopf neu (Strg+H), oder laden Sie ein anderes Modell: hier wird für die geöffneten Patienten Patch für Patch gezählt, was sich dadurch geändert hat.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/change_view.py" />
            <source>No patch is predicted by both models yet: predict all patients (Model › Predict all patients).</source>
            <translation>Noch ist kein Patch von beiden Modellen vorhergesagt: lassen Sie alle Patienten vorhersagen (Modell › Vorhersage für alle Patienten).</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/change_view.py" />
            <source>You read blind: what a model changed is counted once nothing is hidden any more.</source>
            <translation>Sie befunden verblindet: was ein Modell geändert hat, wird gezählt, wenn nichts mehr verborgen ist.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/change_view.py" />
            <source>On the slide: D shows the change of each patch, X switches between before and after.</source>
            <translation>Auf dem Schnitt: D zeigt die Änderung jedes Patches, X wechselt zwischen vorher und nachher.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/change_view.py" />
            <source>What the model changed</source>
            <translation>Was das Modell geändert hat</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/change_view.py" />
            <source>{before} (threshold {first:.2f}) → {after} (threshold {second:.2f})</source>
            <translation>{before} (Schwelle {first:.2f}) → {after} (Schwelle {second:.2f})</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/change_view.py" />
            <source> 1 patch is unsure or excluded and in no count.</source>
            <translation> 1 Patch ist unklar oder verworfen und zählt nicht.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/change_view.py" />
            <source> {count:,} patches are unsure or excluded and in no count.</source>
            <translation> {count:,} Patches sind unklar oder verworfen und zählen nicht.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/change_view.py" />
            <source> 1 patient is not predicted by both models.</source>
            <translation> 1 Patient ist nicht von beiden Modellen vorhergesagt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/change_view.py" />
            <source> {count:,} patients are not predicted by both models.</source>
            <translation> {count:,} Patienten sind nicht von beiden Modellen vorhergesagt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/close_question.py" />
            <source>A training is running</source>
            <translation>Ein Training läuft</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/close_question.py" />
            <source>It has a process of its own, and needs no window. What shall become of it?</source>
            <translation>Es hat einen eigenen Prozess und braucht kein Fenster. Was soll daraus werden?</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/close_question.py" />
            <source>Keep training in the background</source>
            <translation>Im Hintergrund weiter trainieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/close_question.py" />
            <source>It trains on to its last epoch, out of a pause as well, and writes its model. Open the same data again to follow it, pause it or end it.</source>
            <translation>Es trainiert bis zur letzten Epoche weiter, auch aus einer Pause, und schreibt sein Modell. Dieselben Daten wieder öffnen, um ihm zu folgen, es anzuhalten oder zu beenden.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/close_question.py" />
            <source>Finish this epoch and keep the best</source>
            <translation>Diese Epoche beenden und die beste behalten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/close_question.py" />
            <source>It ends with the epoch at hand and writes the model of the best one, in the background.</source>
            <translation>Es endet mit der laufenden Epoche und schreibt im Hintergrund das Modell der besten.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/close_question.py" />
            <source>Cancel the training</source>
            <translation>Training abbrechen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/close_question.py" />
            <source>It ends now and makes no model. Finished epochs are kept: it can be resumed from the list of runs.</source>
            <translation>Es endet jetzt und macht kein Modell. Fertige Epochen bleiben: es kann in der Liste der Läufe fortgesetzt werden.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/close_question.py" />
            <source>Stay</source>
            <translation>Hierbleiben</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/close_question.py" />
            <source>Under Training, Runs: {name}
{folder}</source>
            <translation>Unter Training, Läufe: {name}
{folder}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/command_palette.py" />
            <source>No command has these letters.</source>
            <translation>Kein Befehl hat diese Buchstaben.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/command_palette.py" />
            <source>Commands</source>
            <translation>Befehle</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/command_palette.py" />
            <source>Type a command</source>
            <translation>Befehl eingeben</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/command_palette.py" />
            <source>Command</source>
            <translation>Befehl</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/command_palette.py" />
            <source>Commands that fit</source>
            <translation>Passende Befehle</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/compare_head.py" />
            <source>, with context</source>
            <translation>, mit Kontext</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/compare_head.py" />
            <source>held out of both</source>
            <translation>bei beiden ungesehen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/compare_head.py" />
            <source>Patients that neither model has seen: what counts</source>
            <translation>Patienten, die keines der Modelle gesehen hat: darauf kommt es an</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/compare_head.py" />
            <source>validation of both</source>
            <translation>Validierung beider</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/compare_head.py" />
            <source>Patients that chose the best epoch and the threshold of both: a little optimistic</source>
            <translation>Patienten, nach denen beste Epoche und Schwelle beider gewählt wurden: etwas optimistisch</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/compare_head.py" />
            <source>all patients (optimistic)</source>
            <translation>alle Patienten (optimistisch)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/compare_head.py" />
            <source>Also those that a model was trained on: optimistic, and perhaps not fair</source>
            <translation>Auch solche, an denen ein Modell trainiert wurde: optimistisch und vielleicht nicht fair</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/compare_head.py" />
            <source>the open patient</source>
            <translation>der geöffnete Patient</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/compare_head.py" />
            <source>Patients to judge on</source>
            <translation>Patienten, an denen beurteilt wird</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/compare_head.py" />
            <source>Progress of the comparison</source>
            <translation>Fortschritt des Vergleichs</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/compare_head.py" />
            <source>Choose two different models</source>
            <translation>Wählen Sie zwei verschiedene Modelle</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/compare_view.py" />
            <source>Choose two models, or one without and with context: their scores on the same patches, the differences with intervals, and the patches they disagree on are shown here.</source>
            <translation>Wählen Sie zwei Modelle oder eines ohne und mit Kontext: hier stehen ihre Kennzahlen an denselben Patches, die Differenzen mit Intervallen und die Patches, bei denen sie uneinig sind.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/compare_view.py" />
            <source>Open a data folder: two models are compared on its patients here.</source>
            <translation>Öffnen Sie einen Datenordner: hier werden zwei Modelle an seinen Patienten verglichen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/compare_view.py" />
            <source>You read blind: models are compared once nothing is hidden any more.</source>
            <translation>Sie befunden verblindet: Modelle werden verglichen, wenn nichts mehr verborgen ist.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/compare_view.py" />
            <source>The patients are predicted with both models where that was not done before…</source>
            <translation>Vorhersagen beider Modelle werden ergänzt, wo sie noch fehlen…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/compare_view.py" />
            <source>Colour each patch by how much its probability changed, asked as they were compared: without averaging, in 32 bits</source>
            <translation>Jedes Patch danach färben, wie stark sich seine Wahrscheinlichkeit geändert hat, gefragt wie beim Vergleich: ohne Mitteln, in 32 Bit</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/compare_view.py" />
            <source>Scores of both models</source>
            <translation>Kennzahlen beider Modelle</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/compare_view.py" />
            <source>Patches on which the models disagree</source>
            <translation>Patches, bei denen die Modelle uneinig sind</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/compare_view.py" />
            <source>Look through them</source>
            <translation>Durchsehen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/compare_view.py" />
            <source>Open all of them as a queue in the dock Review, to label them</source>
            <translation>Alle als Arbeitsliste in der Durchsicht öffnen, um sie zu annotieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/compare_view.py" />
            <source>Show on the slide</source>
            <translation>Auf dem Schnitt zeigen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/compare_view.py" />
            <source>They disagree on {patches}: model 1 is right on {first:,}, model 2 on {second:,}</source>
            <translation>Sie sind bei {patches} uneinig: bei {first:,} hat Modell 1 recht, bei {second:,} Modell 2</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/compare_view.py" />
            <source>{patients} patients</source>
            <translation>{patients} Patienten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/compare_view.py" />
            <source>{patients}, {patches:,} patches, {share:.0%} IDC; {part}</source>
            <translation>{patients}, {patches:,} Patches, {share:.0%} IDC; {part}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/compare_view.py" />
            <source>; 1 label corrected</source>
            <translation>; 1 Label korrigiert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/compare_view.py" />
            <source>; {count:,} labels corrected</source>
            <translation>; {count:,} Labels korrigiert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/compare_view.py" />
            <source>; one patient gives no interval</source>
            <translation>; ein Patient ergibt kein Intervall</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/compare_view.py" />
            <source>{words}; split {split}{corrected}{alone}</source>
            <translation>{words}; Aufteilung {split}{corrected}{alone}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/context_box.py" />
            <source>This model has neither context nor calibration: neighbouring patches are not heard. Both are learned from its validation patients in a minute or less.</source>
            <translation>Dieses Modell hat weder Kontext noch Kalibrierung: Nachbarpatches zählen nicht mit. Beides lernt es in höchstens einer Minute an seinen Validierungspatienten.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/context_box.py" />
            <source>This model has neither context nor calibration: neighbouring patches are not heard.</source>
            <translation>Dieses Modell hat weder Kontext noch Kalibrierung: Nachbarpatches zählen nicht mit.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/context_box.py" />
            <source>Context and calibration are learned from the validation patients.</source>
            <translation>Kontext und Kalibrierung sind an den Validierungspatienten gelernt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/context_box.py" />
            <source>Context and calibration are learned from out-of-fold predictions.</source>
            <translation>Kontext und Kalibrierung sind an Out-of-Fold-Vorhersagen gelernt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/context_box.py" />
            <source>Learn how much neighbouring patches say, on patients that the network does not know</source>
            <translation>Lernen, wie viel Nachbarpatches sagen, an Patienten, die das Netz nicht kennt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/context_box.py" />
            <source>Patients that chose the epoch and the threshold of this model</source>
            <translation>Patienten, nach denen Epoche und Schwelle dieses Modells gewählt wurden</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/context_box.py" />
            <source>All patients, each as judged by a network of {name} that did not train on it ({folds} folds).</source>
            <translation>Alle Patienten, jeder von einem Netz aus {name} beurteilt, das nicht an ihm trainiert hat ({folds} Folds).</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/context_box.py" />
            <source>These networks were trained otherwise than this model: {settings}.</source>
            <translation>Diese Netze wurden anders trainiert als dieses Modell: {settings}.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/context_box.py" />
            <source>Patients to learn context from</source>
            <translation>Patienten, an denen Kontext gelernt wird</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/context_box.py" />
            <source>from</source>
            <translation>aus</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/context_box.py" />
            <source>Fit context</source>
            <translation>Kontext anpassen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/context_box.py" />
            <source>Progress of the fit of context</source>
            <translation>Fortschritt der Anpassung des Kontexts</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/context_box.py" />
            <source>its validation patients</source>
            <translation>seinen Validierungspatienten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/context_box.py" />
            <source>out-of-fold of {name}</source>
            <translation>Out-of-Fold von {name}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_export.py" />
            <source>training: 1 patient</source>
            <translation>Training: 1 Patient</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_export.py" />
            <source>training: {count:,} patients</source>
            <translation>Training: {count:,} Patienten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_export.py" />
            <source>validation: 1 patient</source>
            <translation>Validierung: 1 Patient</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_export.py" />
            <source>validation: {count:,} patients</source>
            <translation>Validierung: {count:,} Patienten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_export.py" />
            <source>split {split}</source>
            <translation>Aufteilung {split}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_legend.py" />
            <source>training</source>
            <translation>Training</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_legend.py" />
            <source>best epoch</source>
            <translation>beste Epoche</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_legend.py" />
            <source>within the epoch</source>
            <translation>innerhalb der Epoche</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_legend.py" />
            <source>Thin line: mean of the training patches since the epoch began, with augmentation and while the network still changes; so it may lie above validation. Dots: the loss of single steps.</source>
            <translation>Dünne Linie: Mittel der Trainingspatches seit Beginn der Epoche, mit Augmentation und während das Netz sich noch ändert; darum kann sie über der Validierung liegen. Punkte: Verlust einzelner Schritte.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_menu.py" />
            <source>Line: as measured</source>
            <translation>Linie: wie gemessen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_menu.py" />
            <source>Line: smoothed 0.3</source>
            <translation>Linie: geglättet 0.3</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_menu.py" />
            <source>Line: smoothed 0.6</source>
            <translation>Linie: geglättet 0.6</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_menu.py" />
            <source>Line: smoothed 0.9</source>
            <translation>Linie: geglättet 0.9</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_menu.py" />
            <source>Curves: axis, smoothing, save</source>
            <translation>Kurven: Achse, Glättung, Speichern</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_menu.py" />
            <source>Log axis, smoothing, save as PNG or CSV</source>
            <translation>Logarithmische Achse, Glättung, als PNG oder CSV speichern</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_menu.py" />
            <source>Log axis for the loss</source>
            <translation>Logarithmische Achse für den Verlust</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_menu.py" />
            <source>The line joins the points</source>
            <translation>Die Linie verbindet die Punkte</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_menu.py" />
            <source>The line is a moving mean, {strength:.0%} of it from the past; the points stay as measured</source>
            <translation>Die Linie ist ein gleitendes Mittel, zu {strength:.0%} aus der Vergangenheit; die Punkte bleiben wie gemessen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_menu.py" />
            <source>Save as PNG…</source>
            <translation>Als PNG speichern…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_menu.py" />
            <source>Save as CSV…</source>
            <translation>Als CSV speichern…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_menu.py" />
            <source>Save each step as CSV…</source>
            <translation>Jeden Schritt als CSV speichern…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_menu.py" />
            <source>The loss of each single step; of long epochs some hundred of them are kept</source>
            <translation>Der Verlust jedes einzelnen Schritts; von langen Epochen werden einige hundert behalten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_options.py" />
            <source>smoothed {strength:g}</source>
            <translation>geglättet {strength:g}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_options.py" />
            <source>Training: means over the epoch, with augmentation and dropout</source>
            <translation>Training: Mittel über die Epoche, mit Augmentierung und Dropout</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_options.py" />
            <source>a ring marks the best epoch</source>
            <translation>ein Ring markiert die beste Epoche</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_options.py" />
            <source>points as measured, line {line}</source>
            <translation>Punkte wie gemessen, Linie {line}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_plot.py" />
            <source>loss</source>
            <translation>Verlust</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_plot.py" />
            <source>accuracy</source>
            <translation>Genauigkeit</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_plot.py" />
            <source>balanced accuracy</source>
            <translation>balancierte Genauigkeit</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_plot.py" />
            <source>bal. accuracy</source>
            <translation>bal. Genauigkeit</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_plot.py" />
            <source>{title} (log)</source>
            <translation>{title} (log)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_plot.py" />
            <source>epoch</source>
            <translation>Epoche</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_read_out.py" />
            <source>epoch {epoch}</source>
            <translation>Epoche {epoch}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_read_out.py" />
            <source> (best)</source>
            <translation> (beste)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_read_out.py" />
            <source>epoch {epoch}, step {step:,}</source>
            <translation>Epoche {epoch}, Schritt {step:,}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_read_out.py" />
            <source>not a number</source>
            <translation>keine Zahl</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_saver.py" />
            <source>PNG picture (*.png)</source>
            <translation>PNG-Bild (*.png)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_saver.py" />
            <source>CSV table (*.csv)</source>
            <translation>CSV-Tabelle (*.csv)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_saver.py" />
            <source>Save the curves</source>
            <translation>Kurven speichern</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_saver.py" />
            <source>Saved as {path}</source>
            <translation>Gespeichert als {path}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_saver.py" />
            <source>{path} lies in the data folder, which is never written to.</source>
            <translation>{path} liegt im Datenordner, in den nie geschrieben wird.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curve_saver.py" />
            <source>Choose a folder outside of it.</source>
            <translation>Wählen Sie einen Ordner außerhalb.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curves.py" />
            <source>The curves of loss and accuracy are drawn here while a training runs.</source>
            <translation>Während eines Trainings werden hier die Kurven von Verlust und Genauigkeit gezeichnet.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/curves.py" />
            <source>balanced</source>
            <translation>balanciert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/ended_notice.py" />
            <source>How the last window ended</source>
            <translation>Wie das letzte Fenster endete</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/ended_notice.py" />
            <source>Report a problem…</source>
            <translation>Problem melden…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/ended_notice.py" />
            <source>Dismiss</source>
            <translation>Ausblenden</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/ended_notice.py" />
            <source>Open {name} again</source>
            <translation>{name} wieder öffnen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_curve.py" />
            <source>&lt;b&gt;ROC curve&lt;/b&gt;&lt;br&gt;Over all thresholds: how much IDC is found (sensitivity) against how much healthy tissue is taken for it. The area under it (AUC) is the chance that an IDC patch gets a higher probability than another: 1 is perfect, 0.5 is guessing (dotted line).&lt;br&gt;Drag the point along the curve to move the threshold.</source>
            <translation>&lt;b&gt;ROC-Kurve&lt;/b&gt;&lt;br&gt;Über alle Schwellen: wie viel IDC gefunden wird (Sensitivität), gegen wie viel gesundes Gewebe dafür gehalten wird. Die Fläche darunter (AUC) ist die Chance, dass ein IDC-Patch eine höhere Wahrscheinlichkeit bekommt als ein anderes: 1 ist perfekt, 0.5 ist geraten (gepunktete Linie).&lt;br&gt;Ziehen Sie den Punkt entlang der Kurve, um die Schwelle zu verschieben.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_curve.py" />
            <source>&lt;b&gt;Precision and recall&lt;/b&gt;&lt;br&gt;Over all thresholds: which share of what is called IDC is IDC (precision) against how much IDC is found (recall, the same as sensitivity). The dotted line is what calling everything IDC gives.&lt;br&gt;Drag the point along the curve to move the threshold.</source>
            <translation>&lt;b&gt;Präzision und Sensitivität&lt;/b&gt;&lt;br&gt;Über alle Schwellen: welcher Anteil dessen, was IDC genannt wird, IDC ist (Präzision), gegen wie viel IDC gefunden wird (Recall, dasselbe wie Sensitivität). Die gepunktete Linie ergibt sich, wenn alles IDC genannt wird.&lt;br&gt;Ziehen Sie den Punkt entlang der Kurve, um die Schwelle zu verschieben.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_curve.py" />
            <source>ROC</source>
            <translation>ROC</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_curve.py" />
            <source>1 − specificity</source>
            <translation>1 − Spezifität</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_curve.py" />
            <source>sensitivity</source>
            <translation>Sensitivität</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_curve.py" />
            <source>PR curve</source>
            <translation>PR-Kurve</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_curve.py" />
            <source>recall</source>
            <translation>Recall</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_curve.py" />
            <source>precision</source>
            <translation>Präzision</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_curve.py" />
            <source>AP</source>
            <translation>AP</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_curve.py" />
            <source>not defined</source>
            <translation>nicht definiert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_curve.py" />
            <source>threshold &lt;b&gt;{threshold:.2f}&lt;/b&gt;&lt;br&gt;sensitivity {y:.3f}&lt;br&gt;specificity {x:.3f}</source>
            <translation>Schwelle &lt;b&gt;{threshold:.2f}&lt;/b&gt;&lt;br&gt;Sensitivität {y:.3f}&lt;br&gt;Spezifität {x:.3f}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_curve.py" />
            <source>threshold &lt;b&gt;{threshold:.2f}&lt;/b&gt;&lt;br&gt;{second} {y:.3f}&lt;br&gt;{first} {x:.3f}</source>
            <translation>Schwelle &lt;b&gt;{threshold:.2f}&lt;/b&gt;&lt;br&gt;{second} {y:.3f}&lt;br&gt;{first} {x:.3f}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_head.py" />
            <source>From this probability on a patch is predicted IDC, everywhere in the window.&lt;br&gt;Choose a proposal, or drag the point on a curve or the line in the histogram.</source>
            <translation>Ab dieser Wahrscheinlichkeit ist ein Patch als IDC vorhergesagt, überall im Fenster.&lt;br&gt;Wählen Sie einen Vorschlag oder ziehen Sie den Punkt auf einer Kurve oder die Linie im Histogramm.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_head.py" />
            <source>Whom to judge on</source>
            <translation>An wem beurteilt wird</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_head.py" />
            <source>Predicting…</source>
            <translation>Wird vorhergesagt…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_head.py" />
            <source>Predict {count:,} more</source>
            <translation>Weitere {count:,} vorhersagen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_head.py" />
            <source>{count:,} patient of this choice lacks a prediction</source>
            <translation>{count:,} Patient dieser Auswahl hat keine Vorhersage</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_head.py" />
            <source>{count:,} patients of this choice lack a prediction</source>
            <translation>{count:,} Patienten dieser Auswahl haben keine Vorhersage</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_head.py" />
            <source>Threshold {threshold:.2f}</source>
            <translation>Schwelle {threshold:.2f}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_head.py" />
            <source>The model's own	{own:.2f}</source>
            <translation>Die des Modells	{own:.2f}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_histogram.py" />
            <source>&lt;b&gt;Probabilities by class&lt;/b&gt;&lt;br&gt;How many patches of each class have which probability: IDC upwards, not IDC downwards, each as a share of its class. What is on the wrong side of the threshold is hatched.&lt;br&gt;Drag the line to move the threshold; click a bar to see its patches.</source>
            <translation>&lt;b&gt;Wahrscheinlichkeiten nach Klasse&lt;/b&gt;&lt;br&gt;Wie viele Patches jeder Klasse welche Wahrscheinlichkeit haben: IDC nach oben, kein IDC nach unten, jeweils als Anteil der Klasse. Was auf der falschen Seite der Schwelle liegt, ist schraffiert.&lt;br&gt;Ziehen Sie die Linie, um die Schwelle zu verschieben; klicken Sie einen Balken an, um seine Patches zu sehen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_histogram.py" />
            <source>Probabilities</source>
            <translation>Wahrscheinlichkeiten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_histogram.py" />
            <source>probability</source>
            <translation>Wahrscheinlichkeit</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_histogram.py" />
            <source>threshold &lt;b&gt;{threshold:.2f}&lt;/b&gt;</source>
            <translation>Schwelle &lt;b&gt;{threshold:.2f}&lt;/b&gt;</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_histogram.py" />
            <source>&lt;b&gt;{low:.2f} to {high:.2f}&lt;/b&gt;, {name}&lt;br&gt;{patches}&lt;br&gt;{share:.1f} % of all {name}</source>
            <translation>&lt;b&gt;{low:.2f} bis {high:.2f}&lt;/b&gt;, {name}&lt;br&gt;{patches}&lt;br&gt;{share:.1f} % von allem {name}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_matrix.py" />
            <source>&lt;b&gt;Confusion matrix&lt;/b&gt;&lt;br&gt;What the threshold makes of the patches: rows are labels, columns are predictions, percentages are of the row. What is wrong is hatched.&lt;br&gt;Click a cell to see its patches.</source>
            <translation>&lt;b&gt;Konfusionsmatrix&lt;/b&gt;&lt;br&gt;Was die Schwelle aus den Patches macht: Zeilen sind Labels, Spalten sind Vorhersagen, Prozente beziehen sich auf die Zeile. Falsches ist schraffiert.&lt;br&gt;Klicken Sie ein Feld an, um seine Patches zu sehen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_matrix.py" />
            <source>found</source>
            <translation>gefunden</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_matrix.py" />
            <source>True positives: labelled IDC, and predicted IDC</source>
            <translation>Richtig positiv: als IDC annotiert und vorhergesagt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_matrix.py" />
            <source>missed</source>
            <translation>übersehen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_matrix.py" />
            <source>False negatives: labelled IDC, but not predicted so</source>
            <translation>Falsch negativ: als IDC annotiert, aber nicht so vorhergesagt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_matrix.py" />
            <source>false alarm</source>
            <translation>Fehlalarm</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_matrix.py" />
            <source>False positives: labelled not IDC, but predicted IDC</source>
            <translation>Falsch positiv: als kein IDC annotiert, aber als IDC vorhergesagt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_matrix.py" />
            <source>left alone</source>
            <translation>richtig frei</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_matrix.py" />
            <source>True negatives: labelled not IDC, and not predicted so</source>
            <translation>Richtig negativ: als kein IDC annotiert und nicht als IDC vorhergesagt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_matrix.py" />
            <source>{count:,} of {of_row:,} {name} patches {kind} ({share})</source>
            <translation>{count:,} von {of_row:,} Patches ({name}): {kind} ({share})</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_matrix.py" />
            <source>{help}.&lt;br&gt;{told}.&lt;br&gt;Click to see them.</source>
            <translation>{help}.&lt;br&gt;{told}.&lt;br&gt;Zum Ansehen anklicken.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_matrix.py" />
            <source>&lt;b&gt;Confusion&lt;/b&gt; · predicted:</source>
            <translation>&lt;b&gt;Konfusion&lt;/b&gt; · vorhergesagt:</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_page.py" />
            <source>With context</source>
            <translation>Mit Kontext</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_page.py" />
            <source>Single patch</source>
            <translation>Einzelpatch</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_patients.py" />
            <source>VALIDATION</source>
            <translation>VALIDIERUNG</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_patients.py" />
            <source>How well the model does, patient by patient</source>
            <translation>Wie gut das Modell ist, Patient für Patient</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_reliability.py" />
            <source>&lt;b&gt;Reliability&lt;/b&gt;&lt;br&gt;Patches are put into ten bins by their probability; each point tells how many of a bin really are IDC. On the dotted line probabilities mean what they say; below it the model says too much, above it too little. Larger points have more patches.&lt;br&gt;ECE is how far the points are from the line, on average over the patches.&lt;br&gt;Click a point to see its patches.</source>
            <translation>&lt;b&gt;Reliabilität&lt;/b&gt;&lt;br&gt;Die Patches werden nach ihrer Wahrscheinlichkeit in zehn Klassen geteilt; jeder Punkt zeigt, wie viele einer Klasse wirklich IDC sind. Auf der gepunkteten Linie bedeuten Wahrscheinlichkeiten, was sie sagen; darunter sagt das Modell zu viel, darüber zu wenig. Größere Punkte haben mehr Patches.&lt;br&gt;ECE ist der mittlere Abstand der Punkte von der Linie, über die Patches.&lt;br&gt;Klicken Sie einen Punkt an, um seine Patches zu sehen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_reliability.py" />
            <source>Reliability</source>
            <translation>Reliabilität</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_reliability.py" />
            <source>share IDC</source>
            <translation>Anteil IDC</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_reliability.py" />
            <source>ECE {error:.3f}</source>
            <translation>ECE {error:.3f}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_reliability.py" />
            <source>&lt;b&gt;{low:.1f} to {high:.1f}&lt;/b&gt;, {patches}&lt;br&gt;said to be IDC: {said:.1f} %&lt;br&gt;are IDC: {share:.1f} %</source>
            <translation>&lt;b&gt;{low:.1f} bis {high:.1f}&lt;/b&gt;, {patches}&lt;br&gt;IDC laut Modell: {said:.1f} %&lt;br&gt;sind IDC: {share:.1f} %</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_scatter.py" />
            <source>&lt;b&gt;Share of IDC by patient&lt;/b&gt;&lt;br&gt;How much of a patient's tissue is predicted IDC against how much is labelled so. On the dotted line both agree; above it the model sees too much, below it too little. r is the correlation over patients, the error their mean distance from the line in percentage points.&lt;br&gt;Click a point to open the patient.</source>
            <translation>&lt;b&gt;Anteil IDC je Patient&lt;/b&gt;&lt;br&gt;Wie viel des Gewebes eines Patienten als IDC vorhergesagt ist, gegen wie viel so annotiert ist. Auf der gepunkteten Linie stimmt beides überein; darüber sieht das Modell zu viel, darunter zu wenig. r ist die Korrelation über die Patienten, der Fehler ihr mittlerer Abstand von der Linie in Prozentpunkten.&lt;br&gt;Klicken Sie einen Punkt an, um den Patienten zu öffnen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_scatter.py" />
            <source>Share of IDC</source>
            <translation>Anteil IDC</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_scatter.py" />
            <source>labelled</source>
            <translation>annotiert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_scatter.py" />
            <source>predicted</source>
            <translation>vorhergesagt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_scatter.py" />
            <source>off by {points:.1f} points</source>
            <translation>Fehler {points:.1f} Punkte</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_scatter.py" />
            <source>&lt;b&gt;{patient}&lt;/b&gt;, {patches}&lt;br&gt;labelled IDC {labelled:.1f} %&lt;br&gt;predicted IDC {predicted:.1f} %</source>
            <translation>&lt;b&gt;{patient}&lt;/b&gt;, {patches}&lt;br&gt;als IDC annotiert {labelled:.1f} %&lt;br&gt;als IDC vorhergesagt {predicted:.1f} %</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_scores.py" />
            <source>Balanced accuracy</source>
            <translation>Balancierte Genauigkeit</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_scores.py" />
            <source>The mean of sensitivity and specificity: 0.5 is guessing, however many patches are IDC</source>
            <translation>Das Mittel aus Sensitivität und Spezifität: 0.5 ist geraten, gleich wie viele Patches IDC sind</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_scores.py" />
            <source>F1 of IDC</source>
            <translation>F1 von IDC</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_scores.py" />
            <source>The harmonic mean of precision and sensitivity for the class IDC</source>
            <translation>Das harmonische Mittel aus Präzision und Sensitivität für die Klasse IDC</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_scores.py" />
            <source>Sensitivity</source>
            <translation>Sensitivität</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_scores.py" />
            <source>The share of the IDC patches that is found</source>
            <translation>Der Anteil der IDC-Patches, der gefunden wird</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_scores.py" />
            <source>Specificity</source>
            <translation>Spezifität</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_scores.py" />
            <source>The share of the other patches that is left alone</source>
            <translation>Der Anteil der anderen Patches, der richtig frei bleibt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_scores.py" />
            <source>The chance that an IDC patch gets a higher probability than another patch: 0.5 is guessing. It does not depend on the threshold</source>
            <translation>Die Chance, dass ein IDC-Patch eine höhere Wahrscheinlichkeit bekommt als ein anderes Patch: 0.5 ist geraten. Sie hängt nicht von der Schwelle ab</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_scores.py" />
            <source>Average precision</source>
            <translation>Mittlere Präzision</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_scores.py" />
            <source>Precision averaged over all sensitivities; guessing gives the share of IDC. It does not depend on the threshold</source>
            <translation>Präzision, gemittelt über alle Sensitivitäten; Raten ergibt den Anteil IDC. Sie hängt nicht von der Schwelle ab</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_scores.py" />
            <source>The share of all patches that is right; flattering where one class is rare</source>
            <translation>Der Anteil aller richtigen Patches; schmeichelt, wo eine Klasse selten ist</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_scores.py" />
            <source>Brier score</source>
            <translation>Brier-Score</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_scores.py" />
            <source>The mean squared distance of the probability from the truth: lower is better</source>
            <translation>Der mittlere quadratische Abstand der Wahrscheinlichkeit von der Wahrheit: kleiner ist besser</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_scores.py" />
            <source>Calibration error</source>
            <translation>Kalibrierungsfehler</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_scores.py" />
            <source>How far probabilities are from the share that is IDC, on average (ECE): lower is better</source>
            <translation>Wie weit Wahrscheinlichkeiten im Mittel vom Anteil IDC entfernt sind (ECE): kleiner ist besser</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_scores.py" />
            <source>An interval needs two patients or more.</source>
            <translation>Ein Intervall braucht mindestens zwei Patienten.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_scores.py" />
            <source>95 % interval: so far the score may be off, by a bootstrap over patients. Patches of one patient are alike, so patients are drawn, not patches.</source>
            <translation>95-%-Intervall: so ungenau kann der Wert sein, nach einem Bootstrap über Patienten. Patches eines Patienten ähneln einander, daher werden Patienten gezogen, nicht Patches.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_scores.py" />
            <source>Which probabilities, and the threshold that they are judged at. The view on screen is bold; its curves are drawn solid, those beside it dashed.</source>
            <translation>Welche Wahrscheinlichkeiten und an welcher Schwelle sie beurteilt werden. Die Ansicht auf dem Bildschirm ist fett; ihre Kurven sind durchgezogen, die daneben gestrichelt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/evaluation_stack.py" />
            <source>Predict them</source>
            <translation>Vorhersagen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/export_dialog.py" />
            <source>Table (CSV)</source>
            <translation>Tabelle (CSV)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/export_dialog.py" />
            <source>A line for each label: patient, place, label, reader, time and reason.</source>
            <translation>Eine Zeile je Label: Patient, Ort, Label, Befunder, Zeit und Grund.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/export_dialog.py" />
            <source>QuPath GeoJSON, a polygon a patch</source>
            <translation>QuPath-GeoJSON, ein Polygon je Patch</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/export_dialog.py" />
            <source>A file for each patient; comes back exactly.</source>
            <translation>Eine Datei je Patient; kommt unverändert zurück.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/export_dialog.py" />
            <source>QuPath GeoJSON, merged regions</source>
            <translation>QuPath-GeoJSON, zusammengefasste Regionen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/export_dialog.py" />
            <source>A file for each patient; neighbours joined.</source>
            <translation>Eine Datei je Patient; Nachbarn verbunden.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/export_dialog.py" />
            <source>Pictures in folders 0 and 1</source>
            <translation>Bilder in Ordnern 0 und 1</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/export_dialog.py" />
            <source>Copies of all pictures under their corrected labels, in a new folder; unsure and excluded ones are left out.</source>
            <translation>Kopien aller Bilder unter ihren korrigierten Labels, in einem neuen Ordner; unklare und verworfene fehlen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/export_dialog.py" />
            <source>With the original label where no reader says anything</source>
            <translation>Mit dem ursprünglichen Label, wo kein Befunder etwas angibt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/export_dialog.py" />
            <source>Export labels</source>
            <translation>Labels exportieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/export_dialog.py" />
            <source>This patient only</source>
            <translation>Nur dieser Patient</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/export_dialog.py" />
            <source>Progress of the export</source>
            <translation>Fortschritt des Exports</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/export_dialog.py" />
            <source>Export…</source>
            <translation>Exportieren…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/export_dialog.py" />
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/export_dialog.py" />
            <source>This patient only ({patient})</source>
            <translation>Nur dieser Patient ({patient})</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/export_dialog.py" />
            <source>Writing…</source>
            <translation>Wird geschrieben…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/export_dialog.py" />
            <source>Export to the folder</source>
            <translation>In den Ordner exportieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/export_dialog.py" />
            <source>Export to the file</source>
            <translation>In die Datei exportieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/export_dialog.py" />
            <source>Export to the new folder</source>
            <translation>In den neuen Ordner exportieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/file_choice.py" />
            <source>from a file…</source>
            <translation>aus einer Datei…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/file_choice.py" />
            <source>from a model…</source>
            <translation>von einem Modell…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/file_choice.py" />
            <source>There is no file {file} any more: choose another.</source>
            <translation>Die Datei {file} gibt es nicht mehr: wählen Sie eine andere.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/file_choice.py" />
            <source>There is no folder {folder} any more: choose another.</source>
            <translation>Den Ordner {folder} gibt es nicht mehr: wählen Sie einen anderen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/first_steps_card.py" />
            <source>First steps</source>
            <translation>Erste Schritte</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/first_steps_card.py" />
            <source>Progress of this step</source>
            <translation>Fortschritt dieses Schritts</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/first_steps_card.py" />
            <source>Leave the first steps</source>
            <translation>Erste Schritte verlassen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/first_steps_card.py" />
            <source>Leave (Esc); Help › First steps brings them back</source>
            <translation>Verlassen (Esc); Hilfe › Erste Schritte holt sie zurück</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/first_steps_card.py" />
            <source>All steps are done.</source>
            <translation>Alle Schritte sind getan.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/first_steps_card.py" />
            <source>Step {number} of 5: {name}.</source>
            <translation>Schritt {number} von 5: {name}.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/form_grid.py" />
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/form_plan.py" />
            <source>Saved: {name}, with what it needs elsewhere beside it.</source>
            <translation>Gespeichert: {name}, daneben alles, was er anderswo braucht.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/form_plan.py" />
            <source>Saved: {name}, with one corrected label and what else it needs elsewhere beside it.</source>
            <translation>Gespeichert: {name}, daneben ein korrigiertes Label und was er sonst anderswo braucht.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/form_plan.py" />
            <source>Saved: {name}, with {count:,} corrected labels and what else it needs elsewhere beside it.</source>
            <translation>Gespeichert: {name}, daneben {count:,} korrigierte Labels und was er sonst anderswo braucht.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/form_plan.py" />
            <source>The corrected labels in {name} are not taken over: this window trains with those of its own workspace.</source>
            <translation>Die korrigierten Labels in {name} werden nicht übernommen: Dieses Fenster trainiert mit denen seines eigenen Arbeitsbereichs.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/gallery_grid.py" />
            <source>Enter its place in the tissue · 1 IDC · 2 not IDC · 3 unsure · 4 exclude · 0 original · Shift or Ctrl several at once · PageUp, PageDown other pages</source>
            <translation>Eingabe: Stelle im Gewebe · 1 IDC · 2 kein IDC · 3 unklar · 4 verwerfen · 0 ursprünglich · Umschalt oder Strg: mehrere zugleich · Bild auf, Bild ab: andere Seiten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/gallery_grid.py" />
            <source>Gallery of patches</source>
            <translation>Galerie von Patches</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/gallery_pager.py" />
            <source>Previous page</source>
            <translation>Vorherige Seite</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/gallery_pager.py" />
            <source>Next page</source>
            <translation>Nächste Seite</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/gallery_pager.py" />
            <source>Page</source>
            <translation>Seite</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/gallery_pager.py" />
            <source>The page; type another to go there</source>
            <translation>Die Seite; geben Sie eine andere ein, um dorthin zu gehen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/gallery_pager.py" />
            <source>of {count:,}</source>
            <translation>von {count:,}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/gallery_panel.py" />
            <source>Show patches {scale:g} times as large as they are</source>
            <translation>Patches {scale:g}-mal so groß zeigen, wie sie sind</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/gallery_panel.py" />
            <source>Pictures {scale:g} times as large</source>
            <translation>Bilder {scale:g}-mal so groß</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/head_box.py" />
            <source>Takes seconds: only the last layer learns from your labels. A full training is slower and finds more.</source>
            <translation>Dauert Sekunden: nur die letzte Schicht lernt von Ihren Labels. Ein volles Training ist langsamer und findet mehr.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/head_box.py" />
            <source>The head of an imported model cannot be retrained: nobody knows which patients it was trained on, so there are none to judge a new head on. Train a model with bcviewer first.</source>
            <translation>Der Kopf eines importierten Modells kann nicht neu trainiert werden: niemand weiß, an welchen Patienten es trainiert wurde, also gibt es keine zur Beurteilung eines neuen Kopfs. Trainieren Sie zuerst ein Modell mit bcviewer.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/head_box.py" />
            <source>Fit the last layer of this model to the labels as they are now, on its own training patients</source>
            <translation>Die letzte Schicht dieses Modells an die jetzigen Labels anpassen, an seinen eigenen Trainingspatienten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/head_box.py" />
            <source>Retrain the head</source>
            <translation>Kopf neu trainieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/head_box.py" />
            <source>Progress of the fit</source>
            <translation>Fortschritt der Anpassung</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/head_box.py" />
            <source>Looking at patches, only this once: {text}</source>
            <translation>Patches werden betrachtet, nur dieses eine Mal: {text}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_dialog.py" />
            <source>For an .h5 or .keras file of Keras 2 or 3. The network is rebuilt from its description; no code in the file is run. Which patients it was trained on stays unknown.</source>
            <translation>Für eine .h5- oder .keras-Datei von Keras 2 oder 3. Das Netz wird aus seiner Beschreibung neu gebaut; Code in der Datei wird nicht ausgeführt. An welchen Patienten es trainiert wurde, bleibt unbekannt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_dialog.py" />
            <source>Automatic</source>
            <translation>Automatisch</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_dialog.py" />
            <source>Nearest pixel</source>
            <translation>Nächstes Pixel</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_dialog.py" />
            <source>Bilinear</source>
            <translation>Bilinear</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_dialog.py" />
            <source>The second of two</source>
            <translation>Der zweite von zweien</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_dialog.py" />
            <source>The first of two</source>
            <translation>Der erste von zweien</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_dialog.py" />
            <source>One</source>
            <translation>Einer</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_dialog.py" />
            <source>No file is chosen.</source>
            <translation>Keine Datei ist gewählt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_dialog.py" />
            <source>Looking at the file…</source>
            <translation>Die Datei wird betrachtet…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_dialog.py" />
            <source>Read from the file</source>
            <translation>Aus der Datei gelesen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_dialog.py" />
            <source>Assumed</source>
            <translation>Angenommen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_dialog.py" />
            <source>Not needed: the network takes patches as they are</source>
            <translation>Nicht nötig: das Netz nimmt Patches, wie sie sind</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_dialog.py" />
            <source>Saved by {program}</source>
            <translation>Gespeichert mit {program}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_dialog.py" />
            <source>Choose a file…</source>
            <translation>Datei wählen…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_dialog.py" />
            <source> px</source>
            <translation> px</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_dialog.py" />
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_dialog.py" />
            <source>Input size</source>
            <translation>Eingabegröße</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_dialog.py" />
            <source>Patches are resized by</source>
            <translation>Patches werden skaliert mit</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_dialog.py" />
            <source>Values of a patch</source>
            <translation>Werte eines Patches</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_dialog.py" />
            <source>Output for IDC</source>
            <translation>Ausgang für IDC</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_dialog.py" />
            <source>Progress of the import</source>
            <translation>Fortschritt des Imports</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_dialog.py" />
            <source>Import</source>
            <translation>Importieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_dialog.py" />
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_preview.py" />
            <source>What the import would change</source>
            <translation>Was der Import ändern würde</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_preview.py" />
            <source>It is one stroke, which can be undone (Ctrl+Z).</source>
            <translation>Es ist eine einzige Eingabe, die rückgängig gemacht werden kann (Strg+Z).</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_preview.py" />
            <source>As they are already</source>
            <translation>Schon so vorhanden</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_preview.py" />
            <source>Patient {patient}: {count:,}</source>
            <translation>Patient {patient}: {count:,}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_preview.py" />
            <source>Not in this data set</source>
            <translation>Nicht in diesem Datensatz</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_preview.py" />
            <source>With several labels; left alone</source>
            <translation>Mit mehreren Labels; bleiben unverändert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_preview.py" />
            <source>Lines that cannot be used</source>
            <translation>Nicht verwendbare Zeilen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_preview.py" />
            <source>Import {count:,} label</source>
            <translation>{count:,} Label importieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_preview.py" />
            <source>Import {count:,} labels</source>
            <translation>{count:,} Labels importieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_preview.py" />
            <source>and {count:,} more</source>
            <translation>und {count:,} weitere</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_preview.py" />
            <source>Line {line}: {text}</source>
            <translation>Zeile {line}: {text}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_preview.py" />
            <source>1 label would change</source>
            <translation>1 Label würde sich ändern</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_preview.py" />
            <source>{count:,} labels would change</source>
            <translation>{count:,} Labels würden sich ändern</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_preview.py" />
            <source>1 is so already</source>
            <translation>1 ist schon so</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_preview.py" />
            <source>{count:,} are so already</source>
            <translation>{count:,} sind schon so</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_preview.py" />
            <source>1 is of a patch that the data set has not</source>
            <translation>1 gehört zu einem Patch, das der Datensatz nicht hat</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_preview.py" />
            <source>{count:,} are of patches that the data set has not</source>
            <translation>{count:,} gehören zu Patches, die der Datensatz nicht hat</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_preview.py" />
            <source>1 patch has several labels</source>
            <translation>1 Patch hat mehrere Labels</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_preview.py" />
            <source>{count:,} patches have several labels</source>
            <translation>{count:,} Patches haben mehrere Labels</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_preview.py" />
            <source>1 line cannot be used</source>
            <translation>1 Zeile ist nicht verwendbar</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/import_preview.py" />
            <source>{count:,} lines cannot be used</source>
            <translation>{count:,} Zeilen sind nicht verwendbar</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/int8_box.py" />
            <source>Predict about twice as fast: in 8 bits, at some cost that is measured and shown.</source>
            <translation>Etwa doppelt so schnell vorhersagen: in 8 Bit; was das kostet, wird gemessen und gezeigt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/int8_box.py" />
            <source>Make a graph of this model that computes in 8 bits, from patches of the open data, and measure on its validation patients what that does to its scores</source>
            <translation>Aus Patches der geöffneten Daten einen Graphen dieses Modells erstellen, der in 8 Bit rechnet, und an seinen Validierungspatienten messen, was das an den Kennzahlen ändert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/int8_box.py" />
            <source>Make 8-bit graph</source>
            <translation>8-Bit-Graph erstellen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/int8_box.py" />
            <source>Progress of making the 8-bit graph</source>
            <translation>Fortschritt beim Erstellen des 8-Bit-Graphen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/job_file_buttons.py" />
            <source>Job files (*.json);;All files (*)</source>
            <translation>Job-Dateien (*.json);;Alle Dateien (*)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/job_file_buttons.py" />
            <source>Open…</source>
            <translation>Öffnen…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/job_file_buttons.py" />
            <source>Take the settings from a job file</source>
            <translation>Die Einstellungen aus einer Job-Datei nehmen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/job_file_buttons.py" />
            <source>Save as…</source>
            <translation>Speichern…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/job_file_buttons.py" />
            <source>Save the settings as a job file; elsewhere: bcviewer train FOLDER --job FILE</source>
            <translation>Die Einstellungen als Job-Datei speichern; anderswo: bcviewer train FOLDER --job FILE</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/job_file_buttons.py" />
            <source>Open a job file</source>
            <translation>Job-Datei öffnen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/job_file_buttons.py" />
            <source>Save as a job file</source>
            <translation>Als Job-Datei speichern</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/kaggle_dialog.py" />
            <source>About {zip} to download, {unpacked} unpacked; {free} free until it is unpacked</source>
            <translation>Etwa {zip} herunterzuladen, {unpacked} entpackt; {free} frei, bis entpackt ist</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/kaggle_dialog.py" />
            <source>A network. Nothing of yours is sent; Kaggle sees that the set is downloaded.</source>
            <translation>Ein Netzwerk. Nichts von Ihnen wird gesendet; Kaggle sieht, dass der Datensatz heruntergeladen wird.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/kaggle_dialog.py" />
            <source>kagglehub is not installed. Install it with "{install}" into the Python that runs bcviewer, and come back here. Or download the zip from the page above, unpack it, and open its folder.</source>
            <translation>kagglehub ist nicht installiert. Installieren Sie es mit „{install}“ in das Python, in dem bcviewer läuft, und kommen Sie wieder. Oder laden Sie die Zip-Datei von der Seite oben, entpacken Sie sie und öffnen Sie den Ordner.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/kaggle_dialog.py" />
            <source>Stopped. What has come is kept: the next download goes on from there.</source>
            <translation>Angehalten. Was da ist, bleibt: das nächste Herunterladen geht dort weiter.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/kaggle_dialog.py" />
            <source>Asking Kaggle…</source>
            <translation>Kaggle wird gefragt…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/kaggle_dialog.py" />
            <source>Unpacking 555,048 files: some minutes…</source>
            <translation>555,048 Dateien werden entpackt: einige Minuten…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/kaggle_dialog.py" />
            <source>Get the Kaggle data set</source>
            <translation>Kaggle-Datensatz holen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/kaggle_dialog.py" />
            <source>{done} of about {total}</source>
            <translation>{done} von etwa {total}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/kaggle_dialog.py" />
            <source>Change…</source>
            <translation>Ändern…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/kaggle_dialog.py" />
            <source>Change the folder to download to</source>
            <translation>Den Zielordner ändern</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/kaggle_dialog.py" />
            <source>How much of the data set has come</source>
            <translation>Wie viel des Datensatzes da ist</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/kaggle_dialog.py" />
            <source>Download</source>
            <translation>Herunterladen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/kaggle_dialog.py" />
            <source>Page of the data set, {page}</source>
            <translation>Seite des Datensatzes, {page}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/kaggle_dialog.py" />
            <source>What</source>
            <translation>Was</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/kaggle_dialog.py" />
            <source>277,524 patches of 279 patients, with labels</source>
            <translation>277,524 Patches von 279 Patienten, mit Labels</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/kaggle_dialog.py" />
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/kaggle_dialog.py" />
            <source>Licence</source>
            <translation>Lizenz</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/kaggle_dialog.py" />
            <source>Needs</source>
            <translation>Braucht</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/kaggle_dialog.py" />
            <source>To</source>
            <translation>Nach</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/kaggle_dialog.py" />
            <source>Download to</source>
            <translation>Herunterladen nach</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/label_buttons.py" />
            <source>{tip} ({key} with the tool Select)</source>
            <translation>{tip} ({key} mit dem Werkzeug Auswahl)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/label_counts.py" />
            <source>Corrected</source>
            <translation>Korrigiert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/label_counts.py" />
            <source>Confirmed</source>
            <translation>Bestätigt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/label_counts.py" />
            <source>Excluded</source>
            <translation>Verworfen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/label_counts.py" />
            <source>This patient</source>
            <translation>Dieser Patient</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/label_counts.py" />
            <source>All patients</source>
            <translation>Alle Patienten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/label_history_view.py" />
            <source>Press A and label patches: every stroke will be listed here, and can be undone whenever it was made.</source>
            <translation>Drücken Sie A und annotieren Sie Patches: hier steht dann jede Eingabe; jede kann rückgängig gemacht werden, wann immer sie erfolgte.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/label_history_view.py" />
            <source>History of the labels</source>
            <translation>Verlauf der Labels</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/label_toolbar.py" />
            <source>Annotating</source>
            <translation>Annotieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/label_toolbar.py" />
            <source>Width of the brush, in patches</source>
            <translation>Breite des Pinsels, in Patches</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/label_toolbar.py" />
            <source>Brush of 1 patch</source>
            <translation>Pinsel von 1 Patch</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/label_toolbar.py" />
            <source>Brush of {count} patches</source>
            <translation>Pinsel von {count} Patches</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/labels_panel.py" />
            <source>All readers</source>
            <translation>Alle Befunder</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/labels_panel.py" />
            <source>Hide each prediction until you have labelled or confirmed its patch. The log notes which answers were given blind.</source>
            <translation>Jede Vorhersage verbergen, bis Sie ihr Patch annotiert oder bestätigt haben. Das Protokoll hält fest, welche Antworten verblindet waren.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/labels_panel.py" />
            <source>Show all predictions of this patient. It is recorded; later answers do not count as blind.</source>
            <translation>Alle Vorhersagen dieses Patienten zeigen. Das wird festgehalten; spätere Antworten gelten nicht als verblindet.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/labels_panel.py" />
            <source>Reader: who labels</source>
            <translation>Befunder: wer annotiert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/labels_panel.py" />
            <source>Who labels; type a new name and press Enter to add a reader</source>
            <translation>Wer annotiert; neuen Namen eingeben und mit der Eingabetaste hinzufügen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/labels_panel.py" />
            <source>Show the labels of</source>
            <translation>Die Labels zeigen von</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/labels_panel.py" />
            <source>Whose labels are marked on the slide</source>
            <translation>Wessen Labels auf dem Schnitt markiert sind</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/labels_panel.py" />
            <source>Read blind</source>
            <translation>Verblindet befunden</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/labels_panel.py" />
            <source>Show predictions</source>
            <translation>Vorhersagen zeigen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/labels_panel.py" />
            <source>Reader</source>
            <translation>Befunder</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/labels_panel.py" />
            <source>Show</source>
            <translation>Zeigen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/labels_panel.py" />
            <source>History</source>
            <translation>Verlauf</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>a line around the regions at or above the threshold</source>
            <translation>eine Linie um die Regionen an oder über der Schwelle</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>where the prediction contradicts the label, hatched</source>
            <translation>wo die Vorhersage dem Label widerspricht, schraffiert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>the outline of the labelled IDC regions</source>
            <translation>den Umriss der als IDC annotierten Regionen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>Prediction</source>
            <translation>Vorhersage</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>the model's heatmap</source>
            <translation>die Heatmap des Modells</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>Errors</source>
            <translation>Fehler</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>Contour</source>
            <translation>Kontur</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>what readers said of the patches</source>
            <translation>was Befunder zu den Patches angegeben haben</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>Grid</source>
            <translation>Raster</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>the borders of the patches</source>
            <translation>die Ränder der Patches</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>how the last change of model moved each patch</source>
            <translation>wie der letzte Modellwechsel jedes Patch verschoben hat</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>Before</source>
            <translation>Vorher</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>the heatmap of the model before</source>
            <translation>die Heatmap des vorigen Modells</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>More</source>
            <translation>Mehr</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>Show opacity, colours and what is seldom changed</source>
            <translation>Deckkraft, Farben und selten Gebrauchtes zeigen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>More controls</source>
            <translation>Mehr Bedienelemente</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>Opacity</source>
            <translation>Deckkraft</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>Opacity of the heatmap</source>
            <translation>Deckkraft der Heatmap</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>Hide below</source>
            <translation>Darunter frei</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>Smooth</source>
            <translation>Glätten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>Palette of the heatmap</source>
            <translation>Palette der Heatmap</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>the heatmap of the model before, {earlier}</source>
            <translation>die Heatmap des vorigen Modells, {earlier}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>How much the heatmap covers the tissue</source>
            <translation>Wie stark die Heatmap das Gewebe deckt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>From this probability a patch counts as IDC</source>
            <translation>Ab dieser Wahrscheinlichkeit gilt ein Patch als IDC</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>Leave patches below the threshold clear</source>
            <translation>Patches unter der Schwelle frei lassen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>Colours of the heatmap</source>
            <translation>Farben der Heatmap</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>Draw the heatmap smoothed; no number changes</source>
            <translation>Die Heatmap geglättet zeichnen; keine Zahl ändert sich</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>Layer: {text}</source>
            <translation>Ebene: {text}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/layer_strip.py" />
            <source>Show {shows} ({key})</source>
            <translation>Zeigen: {shows} ({key})</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/legend.py" />
            <source>Smoothed view; no number changes</source>
            <translation>Geglättete Ansicht; keine Zahl ändert sich</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/legend.py" />
            <source>IDC, ground truth</source>
            <translation>IDC, Referenz</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/legend.py" />
            <source>IDC, predicted</source>
            <translation>IDC, vorhergesagt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/legend.py" />
            <source>Uncertainty</source>
            <translation>Unsicherheit</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/legend.py" />
            <source>Change of probability</source>
            <translation>Änderung der Wahrscheinlichkeit</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/legend.py" />
            <source>Probability of IDC</source>
            <translation>Wahrscheinlichkeit für IDC</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/legend.py" />
            <source>sure</source>
            <translation>sicher</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/legend.py" />
            <source>unsure</source>
            <translation>unklar</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/legend.py" />
            <source>Legend</source>
            <translation>Legende</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/legend.py" />
            <source>{title} from {first} to {last}. {model}</source>
            <translation>{title} von {first} bis {last}. {model}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/legend.py" />
            <source>Probability of IDC from 0 to 1, threshold {threshold:.2f}, opacity {opacity:.0f} %. </source>
            <translation>Wahrscheinlichkeit für IDC von 0 bis 1, Schwelle {threshold:.2f}, Deckkraft {opacity:.0f} %. </translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/legend.py" />
            <source>at {opacity:.0f} % over tissue</source>
            <translation>mit {opacity:.0f} % auf Gewebe</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/legend.py" />
            <source>no change</source>
            <translation>unverändert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/legend.py" />
            <source>No data</source>
            <translation>Keine Daten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/legend_errors.py" />
            <source>At {threshold:.2f}: no patch can be judged</source>
            <translation>Bei {threshold:.2f}: kein Patch ist beurteilbar</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/legend_errors.py" />
            <source>At {threshold:.2f}: 1 of {judged:,} patches is wrong ({share:.0f} %)</source>
            <translation>Bei {threshold:.2f}: 1 von {judged:,} Patches ist falsch ({share:.0f} %)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/legend_errors.py" />
            <source>At {threshold:.2f}: {count:,} of {judged:,} patches are wrong ({share:.0f} %)</source>
            <translation>Bei {threshold:.2f}: {count:,} von {judged:,} Patches sind falsch ({share:.0f} %)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/model_panel.py" />
            <source>No model is loaded. Load one, or train one (Ctrl+3), to see where IDC is predicted.</source>
            <translation>Kein Modell ist geladen. Laden Sie eines oder trainieren Sie eines (Strg+3), um zu sehen, wo IDC vorhergesagt ist.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/model_panel.py" />
            <source>Predict all again</source>
            <translation>Alle neu vorhersagen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/model_panel.py" />
            <source>All patients are predicted; this predicts them anew</source>
            <translation>Alle Patienten sind vorhergesagt; dies sagt sie neu vorher</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/model_panel.py" />
            <source>Kind</source>
            <translation>Art</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/model_panel.py" />
            <source>Input</source>
            <translation>Eingabe</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/model_panel.py" />
            <source>Output</source>
            <translation>Ausgabe</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/model_panel.py" />
            <source>Validation</source>
            <translation>Validierung</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/model_panel.py" />
            <source>Here</source>
            <translation>Hier</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/model_panel.py" />
            <source>BUNDLED</source>
            <translation>ENTHALTEN</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/model_panel.py" />
            <source>This model came with bcviewer</source>
            <translation>Dieses Modell kam mit bcviewer</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/model_panel.py" />
            <source>Load</source>
            <translation>Laden</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/model_panel.py" />
            <source>Use another model: one in the box, an imported one, or a folder</source>
            <translation>Ein anderes Modell verwenden: ein mitgeliefertes, ein importiertes oder einen Ordner</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/model_panel.py" />
            <source>Predict a patient when it is opened</source>
            <translation>Patienten beim Öffnen vorhersagen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/model_panel.py" />
            <source>Progress of the prediction</source>
            <translation>Fortschritt der Vorhersage</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/model_panel.py" />
            <source>open a folder of patients to predict</source>
            <translation>zum Vorhersagen einen Ordner mit Patienten öffnen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/model_panel.py" />
            <source>{above:,} of {known:,} patches ({share:.0%}) at or above {threshold:.2f}; labelled {labelled:.0%}</source>
            <translation>{above:,} von {known:,} Patches ({share:.0%}) ab {threshold:.2f}; annotiert {labelled:.0%}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/model_panel.py" />
            <source>Imported from {file}, {program}: {network}</source>
            <translation>Importiert aus {file}, {program}: {network}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/model_panel.py" />
            <source>, alpha {alpha:g}</source>
            <translation>, Alpha {alpha:g}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/model_panel.py" />
            <source> of synthetic tissue</source>
            <translation> mit synthetischem Gewebe</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/model_panel.py" />
            <source>; only the head is new, the rest is of {model}</source>
            <translation>; nur der Kopf ist neu, der Rest ist von {model}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/model_panel.py" />
            <source>1 patient{synthetic}</source>
            <translation>1 Patienten{synthetic}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/model_panel.py" />
            <source>{count} patients{synthetic}</source>
            <translation>{count} Patienten{synthetic}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/model_panel.py" />
            <source>{title}{width}, trained on {patients}{head}</source>
            <translation>{title}{width}, trainiert an {patients}{head}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/overview.py" />
            <source>Overview of the slide</source>
            <translation>Übersicht des Schnitts</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/palette_dialog.py" />
            <source>Each palette from 0 to 1 as different eyes see it. The number says how far apart its two ends are (CIEDE2000); over 20 nobody takes one for the other.</source>
            <translation>Jede Palette von 0 bis 1, wie verschiedene Augen sie sehen. Die Zahl sagt, wie weit ihre Enden auseinander liegen (CIEDE2000); ab 20 verwechselt sie niemand.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/palette_dialog.py" />
            <source>{distance:.0f} apart</source>
            <translation>Abstand {distance:.0f}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_map.py" />
            <source>The mean over the fields and the bias make the logit</source>
            <translation>Das Mittel über die Felder und der Bias ergeben das Logit</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_map.py" />
            <source>Grad-CAM: each feature counts by how far its growth would move the logit. The fields do not add up to the logit</source>
            <translation>Grad-CAM: Jedes Merkmal zählt so viel, wie sein Anwachsen das Logit verschieben würde. Die Felder ergeben zusammen nicht das Logit</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_map.py" />
            <source>The patch, and which of its fields speak for or against IDC</source>
            <translation>Das Patch, und welche seiner Felder für oder gegen IDC sprechen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_map.py" />
            <source>Show the map</source>
            <translation>Karte zeigen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_map.py" />
            <source>−{limit:.1f} against</source>
            <translation>−{limit:.1f} dagegen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_map.py" />
            <source>for IDC +{limit:.1f}</source>
            <translation>für IDC +{limit:.1f}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_map.py" />
            <source>{resolution}. A field has seen what lies around it, too.</source>
            <translation>{resolution}. Ein Feld hat auch gesehen, was um es herum liegt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_map.py" />
            <source>{what}, {logit:+.1f}: a probability of {probability:.2f}, where the model says IDC from {threshold:.2f} on. It is that of the single patch, raw and in 32-bit numbers, whatever the heatmap shows.</source>
            <translation>{what}, {logit:+.1f}: eine Wahrscheinlichkeit von {probability:.2f}; ab {threshold:.2f} sagt das Modell IDC. Sie gilt für den Einzelpatch, roh und in 32-Bit-Zahlen, was auch immer die Heatmap zeigt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_map.py" />
            <source>Colours of the map: blue against IDC, orange for IDC</source>
            <translation>Farben der Karte: Blau gegen IDC, Orange für IDC</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_panel.py" />
            <source>The patch enlarged, in its neighbourhood, with truth and prediction</source>
            <translation>Das Patch vergrößert, in seiner Nachbarschaft, mit Referenz und Vorhersage</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_panel.py" />
            <source>Map</source>
            <translation>Karte</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_panel.py" />
            <source>Which fields of the patch speak for IDC to the model, and which against</source>
            <translation>Welche Felder des Patches für das Modell für IDC sprechen und welche dagegen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_panel.py" />
            <source>Similar</source>
            <translation>Ähnliche</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_panel.py" />
            <source>The patches of other patients that look most like it to the model</source>
            <translation>Die Patches anderer Patienten, die ihm für das Modell am ähnlichsten sind</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_panel.py" />
            <source>Place</source>
            <translation>Ort</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_panel.py" />
            <source>Click a patch of the slide to see it enlarged, with its truth and its prediction.</source>
            <translation>Klicken Sie ein Patch des Schnitts an, um es vergrößert zu sehen, mit Referenz und Vorhersage.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_panel.py" />
            <source>Open a folder of patients: a patch that you click on a slide is enlarged here.</source>
            <translation>Öffnen Sie einen Ordner mit Patienten: ein Patch, das Sie auf einem Schnitt anklicken, erscheint hier vergrößert.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_panel.py" />
            <source>The patch, enlarged three times</source>
            <translation>Das Patch, dreifach vergrößert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_panel.py" />
            <source>The patch in its neighbourhood of 5x5 patches</source>
            <translation>Das Patch in seiner Nachbarschaft von 5x5 Patches</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_panel.py" />
            <source>Click a neighbour to look at it</source>
            <translation>Einen Nachbarn anklicken, um ihn anzusehen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_panel.py" />
            <source>3 times</source>
            <translation>3-fach</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_panel.py" />
            <source>5 x 5 patches</source>
            <translation>5 x 5 Patches</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_panel.py" />
            <source>x {x:,} · y {y:,} · patient {patient}</source>
            <translation>x {x:,} · y {y:,} · Patient {patient}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_panel.py" />
            <source>the picture cannot be read; see the report</source>
            <translation>das Bild ist nicht lesbar; siehe Bericht</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_panel.py" />
            <source>hidden until you have labelled the patch</source>
            <translation>verborgen, bis Sie das Patch annotiert haben</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_panel.py" />
            <source>agrees with the truth</source>
            <translation>stimmt mit der Referenz überein</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_panel.py" />
            <source>against the truth</source>
            <translation>gegen die Referenz</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_panel.py" />
            <source>agrees with the label</source>
            <translation>stimmt mit dem Label überein</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_panel.py" />
            <source>against the label</source>
            <translation>gegen das Label</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_panel.py" />
            <source>{label}, probability of IDC {probability:.2f}; {verdict}</source>
            <translation>{label}, Wahrscheinlichkeit für IDC {probability:.2f}; {verdict}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_panel.py" />
            <source>
{view}; single patch, raw: {probability:.2f}</source>
            <translation>
{view}; Einzelpatch, roh: {probability:.2f}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_panel.py" />
            <source>labels are being opened</source>
            <translation>Labels werden geöffnet</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_similar.py" />
            <source>Leave out the patients that the model learned from: those it has seen look too alike</source>
            <translation>Patienten auslassen, von denen das Modell gelernt hat: was es gesehen hat, sieht zu ähnlich aus</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_similar.py" />
            <source>Let the model look at the patients that it has not; it goes on in the background</source>
            <translation>Das Modell die übrigen Patienten betrachten lassen; es läuft im Hintergrund</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_similar.py" />
            <source>{ready:,} of {total:,} patients have features.</source>
            <translation>{ready:,} von {total:,} Patienten haben Merkmale.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_similar.py" />
            <source>Back to {place}</source>
            <translation>Zurück zu {place}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_similar.py" />
            <source>Features of {done:,} of {total:,} patches</source>
            <translation>Merkmale von {done:,} von {total:,} Patches</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_similar.py" />
            <source>Only patients it did not learn from</source>
            <translation>Nur Patienten, die ihm neu sind</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_similar.py" />
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_similar.py" />
            <source>Compute the rest</source>
            <translation>Rest berechnen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patch_similar.py" />
            <source>Progress of the search</source>
            <translation>Fortschritt der Suche</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patient_panel.py" />
            <source>Find a patient</source>
            <translation>Patienten suchen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patient_panel.py" />
            <source>Find a patient by id</source>
            <translation>Patienten nach Kennung suchen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patient_panel.py" />
            <source>Show patients of one part of the training only</source>
            <translation>Nur Patienten eines Teils des Trainings zeigen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patient_panel.py" />
            <source>All parts</source>
            <translation>Alle Teile</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patient_panel.py" />
            <source>Open a folder of patients, or the demo: they are listed here.</source>
            <translation>Öffnen Sie einen Ordner mit Patienten oder die Demo: hier werden sie aufgelistet.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patient_panel.py" />
            <source>{shown:,} of {total:,} patients</source>
            <translation>{shown:,} von {total:,} Patienten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/patient_panel.py" />
            <source>{patients}, {patches}</source>
            <translation>{patients}, {patches}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/precision_box.py" />
            <source>32 bits (exact)</source>
            <translation>32 Bit (genau)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/precision_box.py" />
            <source>16 bits (bfloat16)</source>
            <translation>16 Bit (bfloat16)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/precision_box.py" />
            <source>8 bits (int8)</source>
            <translation>8 Bit (int8)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/precision_box.py" />
            <source>8 bits: about twice as fast. 16 bits: about twice as fast on processors with fast instructions for them, slower on others. Either moves probabilities a little; they are kept apart from the exact ones.</source>
            <translation>8 Bit: etwa doppelt so schnell. 16 Bit: etwa doppelt so schnell auf Prozessoren mit schnellen Befehlen dafür, auf anderen langsamer. Beide verschieben Wahrscheinlichkeiten ein wenig; sie werden von den genauen getrennt gehalten.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/precision_box.py" />
            <source>What 8 bits do to this model's scores was not measured.</source>
            <translation>Was 8 Bit an den Kennzahlen dieses Modells ändern, wurde nicht gemessen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/precision_box.py" />
            <source>Numbers that the model computes in</source>
            <translation>Zahlen, in denen das Modell rechnet</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/precision_box.py" />
            <source>Computes in</source>
            <translation>Rechnet in</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/precision_box.py" />
            <source>8 bits change the AUC by {auc:+.4f} (95 %: {low:+.4f} to {high:+.4f}) on 1 VALIDATION patient; {sides:.1%} of its patches change sides.</source>
            <translation>8 Bit ändern die AUC um {auc:+.4f} (95 %: {low:+.4f} bis {high:+.4f}) an 1 Patienten der VALIDIERUNG; {sides:.1%} seiner Patches wechseln die Seite.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/precision_box.py" />
            <source>8 bits change the AUC by {auc:+.4f} (95 %: {low:+.4f} to {high:+.4f}) on {count} VALIDATION patients; {sides:.1%} of their patches change sides.</source>
            <translation>8 Bit ändern die AUC um {auc:+.4f} (95 %: {low:+.4f} bis {high:+.4f}) an {count} Patienten der VALIDIERUNG; {sides:.1%} ihrer Patches wechseln die Seite.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/problem_dialog.py" />
            <source>Write what happened, and look the rest through: it has versions, settings and the end of the log, without names of patients, readers and folders. Nothing is sent: copy or save it, and pass it on yourself.</source>
            <translation>Schreiben Sie, was geschehen ist, und sehen Sie den Rest durch: Versionen, Einstellungen und das Ende des Protokolls, ohne Namen von Patienten, Befundern und Ordnern. Nichts wird gesendet: kopieren oder speichern Sie den Text und geben Sie ihn selbst weiter.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/problem_dialog.py" />
            <source>Report a problem</source>
            <translation>Problem melden</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/problem_dialog.py" />
            <source>Gathering what is known…</source>
            <translation>Was bekannt ist, wird zusammengestellt…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/problem_dialog.py" />
            <source>Saved as {path}.</source>
            <translation>Gespeichert als {path}.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/problem_dialog.py" />
            <source>Text of the report</source>
            <translation>Text der Meldung</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/problem_dialog.py" />
            <source>&amp;Copy</source>
            <translation>&amp;Kopieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/problem_dialog.py" />
            <source>&amp;Save…</source>
            <translation>&amp;Speichern…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/problem_dialog.py" />
            <source>Copied.</source>
            <translation>Kopiert.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/problem_dialog.py" />
            <source>Save the report</source>
            <translation>Meldung speichern</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/problem_dialog.py" />
            <source>Text (*.txt);;All files (*)</source>
            <translation>Text (*.txt);;Alle Dateien (*)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/progress_words.py" />
            <source>{done:,} of {total:,} patches · {speed:,.0f} patches/s · {minutes}:{seconds:02} left</source>
            <translation>{done:,} von {total:,} Patches · {speed:,.0f} Patches/s · noch {minutes}:{seconds:02}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/queue_list.py" />
            <source>Patches to look at next, as a list</source>
            <translation>Patches, die als Nächstes anzusehen sind, als Liste</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/queue_panel.py" />
            <source>1 IDC · 2 not IDC · 3 unsure · 4 exclude · 0 original · Enter confirms</source>
            <translation>1 IDC · 2 kein IDC · 3 unklar · 4 verwerfen · 0 ursprünglich · Eingabe bestätigt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/queue_panel.py" />
            <source>Patches whose probability is nearest to the threshold</source>
            <translation>Patches, deren Wahrscheinlichkeit der Schwelle am nächsten ist</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/queue_panel.py" />
            <source>Patches whose label a model contradicts that did not train on the patient, surest first</source>
            <translation>Patches, deren Label ein Modell widerspricht, das nicht an dem Patienten trainiert wurde, sicherste zuerst</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/queue_panel.py" />
            <source>Patches with another label than most of the patches around them</source>
            <translation>Patches mit einem anderen Label als die meisten Patches um sie herum</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/queue_panel.py" />
            <source>Patches by chance, to judge the other queues by</source>
            <translation>Zufällige Patches, um die anderen Arbeitslisten daran zu messen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/queue_panel.py" />
            <source>Out of fold</source>
            <translation>Out-of-Fold</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/queue_panel.py" />
            <source>Model in use</source>
            <translation>Modell</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/queue_panel.py" />
            <source>Networks of a cross-validation: none trained on what it judges</source>
            <translation>Netze einer Kreuzvalidierung: keines wurde an dem trainiert, was es beurteilt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/queue_panel.py" />
            <source>The loaded model, on patients that it did not train on</source>
            <translation>Das geladene Modell, an Patienten, an denen es nicht trainiert wurde</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/queue_panel.py" />
            <source>Refresh</source>
            <translation>Neu laden</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/queue_panel.py" />
            <source>Sort the queue anew, without the patches that you have answered</source>
            <translation>Die Arbeitsliste neu sortieren, ohne die beantworteten Patches</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/queue_panel.py" />
            <source>Film strip</source>
            <translation>Filmstreifen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/queue_panel.py" />
            <source>List</source>
            <translation>Liste</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/queue_strip.py" />
            <source>Patches to look at next</source>
            <translation>Patches, die als Nächstes anzusehen sind</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/recent_folders.py" />
            <source>not found</source>
            <translation>nicht gefunden</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/recent_folders.py" />
            <source>Recent folders</source>
            <translation>Zuletzt geöffnete Ordner</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/recent_folders.py" />
            <source>{folder} was not found: it was moved, or its disk is not here.</source>
            <translation>{folder} wurde nicht gefunden: verschoben, oder sein Laufwerk ist nicht da.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/report_dialog.py" />
            <source>Report on the data folder</source>
            <translation>Bericht über den Datenordner</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/report_dialog.py" />
            <source>File or folder</source>
            <translation>Datei oder Ordner</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/report_dialog.py" />
            <source>What was found</source>
            <translation>Was gefunden wurde</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/report_dialog.py" />
            <source>Findings by kind</source>
            <translation>Befunde nach Art</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/report_dialog.py" />
            <source>Check every picture</source>
            <translation>Jedes Bild prüfen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/report_dialog.py" />
            <source>Look at the first and last bytes of every picture file</source>
            <translation>Die ersten und letzten Bytes jeder Bilddatei ansehen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/report_dialog.py" />
            <source>Copy as text</source>
            <translation>Als Text kopieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/report_dialog.py" />
            <source>Progress of the check</source>
            <translation>Fortschritt der Prüfung</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/report_dialog.py" />
            <source>and {count:,} more; “Copy as text” has all</source>
            <translation>und {count:,} weitere; „Als Text kopieren“ hat alle</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/report_dialog.py" />
            <source>Looking at every picture…</source>
            <translation>Jedes Bild wird geprüft…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/report_dialog.py" />
            <source>1 finding copied.</source>
            <translation>1 Befund kopiert.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/report_dialog.py" />
            <source>{count:,} findings copied.</source>
            <translation>{count:,} Befunde kopiert.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/report_dialog.py" />
            <source>Nothing wrong was found in the name of the one patch. The picture itself is read when its patient is opened; “Check every picture” looks at it now.</source>
            <translation>Am Namen des einen Patches ist nichts auszusetzen. Das Bild selbst wird beim Öffnen seines Patienten gelesen; „Jedes Bild prüfen“ sieht es sich jetzt an.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/report_dialog.py" />
            <source>Nothing wrong was found in the names of {count:,} patches. The pictures themselves are read when a patient is opened; “Check every picture” looks at all of them now.</source>
            <translation>An den Namen der {count:,} Patches ist nichts auszusetzen. Die Bilder selbst werden beim Öffnen eines Patienten gelesen; „Jedes Bild prüfen“ sieht sich alle jetzt an.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/report_dialog.py" />
            <source>1 finding beside {patches} that can be used. It does not stop the rest.</source>
            <translation>1 Befund; daneben {patches}, brauchbar. Er hält den Rest nicht auf.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/report_dialog.py" />
            <source>{count:,} findings beside {patches} that can be used. None of them stops the rest.</source>
            <translation>{count:,} Befunde; daneben {patches}, brauchbar. Keiner davon hält den Rest auf.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/report_saver.py" />
            <source>Report (*.html);;Numbers only (*.json)</source>
            <translation>Bericht (*.html);;Nur Zahlen (*.json)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/report_saver.py" />
            <source>One page that works offline, with scores and intervals, curves, every patient, maps of the worst and the best, and the model card. The same numbers go to a JSON file beside it.</source>
            <translation>Eine Seite, die ohne Netz funktioniert, mit Kennzahlen und Intervallen, Kurven, allen Patienten, Karten der schlechtesten und besten und der Modellkarte. Dieselben Zahlen kommen in eine JSON-Datei daneben.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/report_saver.py" />
            <source>Save evaluation report</source>
            <translation>Auswertungsbericht speichern</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/report_saver.py" />
            <source>Beginning…</source>
            <translation>Beginnt…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/report_saver.py" />
            <source>in {folder}</source>
            <translation>in {folder}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/report_saver.py" />
            <source>Progress of the report</source>
            <translation>Fortschritt des Berichts</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/report_saver.py" />
            <source>Save report…</source>
            <translation>Bericht speichern…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>Load model</source>
            <translation>Modell laden</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>Make model</source>
            <translation>Modell erstellen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>Resume</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>Continue…</source>
            <translation>Weiterführen…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>Rename</source>
            <translation>Umbenennen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>Give the run another name (F2)</source>
            <translation>Dem Lauf einen anderen Namen geben (F2)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>Delete</source>
            <translation>Löschen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>Choose one run</source>
            <translation>Wählen Sie einen Lauf</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>Predict with this run's model</source>
            <translation>Mit dem Modell dieses Laufs vorhersagen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>Make the model of the best epoch, {epoch}, without training on</source>
            <translation>Das Modell der besten Epoche, {epoch}, erstellen, ohne weiter zu trainieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>Set up a new training that starts from this run's model</source>
            <translation>Ein neues Training vorbereiten, das vom Modell dieses Laufs ausgeht</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>A running training cannot be deleted: cancel it first</source>
            <translation>Ein laufendes Training kann nicht gelöscht werden: brechen Sie es zuerst ab</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>Move the chosen runs to the trash; this can be undone</source>
            <translation>Die gewählten Läufe in den Papierkorb legen; das kann rückgängig gemacht werden</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>{count} runs are chosen; the curves of {most} are drawn.</source>
            <translation>{count} Läufe sind gewählt; die Kurven von {most} sind gezeichnet.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>{count} runs are chosen.</source>
            <translation>{count} Läufe sind gewählt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>The settings of this run cannot be read.</source>
            <translation>Die Einstellungen dieses Laufs sind nicht lesbar.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>Running: {epochs} done.</source>
            <translation>Läuft: {epochs} fertig.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>Failed: {message}</source>
            <translation>Fehlgeschlagen: {message}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>Failed.</source>
            <translation>Fehlgeschlagen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>It can be resumed.</source>
            <translation>Er kann fortgesetzt werden.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>There is no checkpoint to resume from.</source>
            <translation>Es gibt keinen Zwischenstand zum Fortsetzen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>Interrupted after {epochs}. {on}</source>
            <translation>Unterbrochen nach {epochs}. {on}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>Cancelled after {epochs}.</source>
            <translation>Abgebrochen nach {epochs}.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>; 1 validation patient</source>
            <translation>; 1 Validierungspatient</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>; {count} validation patients</source>
            <translation>; {count} Validierungspatienten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>, split {split}</source>
            <translation>, Aufteilung {split}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>Best epoch {epoch}{where}{title}.</source>
            <translation>Beste Epoche {epoch}{where}{title}.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>{done} of 1 epoch</source>
            <translation>{done} von 1 Epoche</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>{done} of {count} epochs</source>
            <translation>{done} von {count} Epochen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>1 epoch</source>
            <translation>1 Epoche</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>{count} epochs</source>
            <translation>{count} Epochen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>This run has made no model</source>
            <translation>Dieser Lauf hat kein Modell gemacht</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>Go on from the last checkpoint</source>
            <translation>Vom letzten Zwischenstand weitermachen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>This run is {state}</source>
            <translation>Status dieses Laufs: {state}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_controls.py" />
            <source>This run has no checkpoint to resume from</source>
            <translation>Dieser Lauf hat keinen Zwischenstand zum Fortsetzen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_curves.py" />
            <source>Choose runs in the table to see their curves over one another.</source>
            <translation>Wählen Sie Läufe in der Tabelle, um ihre Kurven übereinander zu sehen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_curves.py" />
            <source>No epoch was finished yet, so there is no curve.</source>
            <translation>Noch ist keine Epoche fertig, daher gibt es keine Kurve.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_curves.py" />
            <source>Validation; a ring marks the best epoch of each run</source>
            <translation>Validierung; ein Ring markiert die beste Epoche jedes Laufs</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_curves.py" />
            <source>{head}; points as measured, line {line}</source>
            <translation>{head}; Punkte wie gemessen, Linie {line}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_curves.py" />
            <source>Epoch {epoch}, validation</source>
            <translation>Epoche {epoch}, Validierung</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_panel.py" />
            <source>Open a folder of patients first: then its trainings are listed here.</source>
            <translation>Öffnen Sie zuerst einen Ordner mit Patienten: dann stehen hier seine Trainings.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_panel.py" />
            <source>Start a training in the tab Train: each will be listed here, to compare its curves and settings with others and to load its model.</source>
            <translation>Starten Sie im Reiter „Training“ ein Training: hier steht jedes, um Kurven und Einstellungen mit anderen zu vergleichen und sein Modell zu laden.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_panel.py" />
            <source>Deleted {runs}.</source>
            <translation>{runs} gelöscht.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_trash_row.py" />
            <source>Undo delete</source>
            <translation>Löschen rückgängig machen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_trash_row.py" />
            <source>Empty trash…</source>
            <translation>Papierkorb leeren…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_trash_row.py" />
            <source>Remove the deleted runs from the disk, for good</source>
            <translation>Die gelöschten Läufe endgültig von der Platte entfernen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_trash_row.py" />
            <source>Trash: {runs}.</source>
            <translation>Papierkorb: {runs}.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_trash_row.py" />
            <source>Bring back {runs}</source>
            <translation>{runs} zurückholen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_trash_row.py" />
            <source>Brought back {runs}.</source>
            <translation>{runs} zurückgeholt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_trash_row.py" />
            <source>Emptying the trash…</source>
            <translation>Papierkorb wird geleert…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_trash_row.py" />
            <source>Empty the trash</source>
            <translation>Papierkorb leeren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_trash_row.py" />
            <source>Remove {runs} for good?</source>
            <translation>{runs} endgültig entfernen?</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_trash_row.py" />
            <source>Models, curves and checkpoints will be gone. This cannot be undone.</source>
            <translation>Modelle, Kurven und Zwischenstände sind dann weg. Das lässt sich nicht rückgängig machen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_trash_row.py" />
            <source>Empty trash</source>
            <translation>Papierkorb leeren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_trash_row.py" />
            <source>Keep them</source>
            <translation>Behalten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_trash_row.py" />
            <source>The trash is empty: {size} are free again.</source>
            <translation>Der Papierkorb ist leer: {size} sind wieder frei.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_view.py" />
            <source>patch-wise (optimistic)</source>
            <translation>patchweise (optimistisch)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_view.py" />
            <source>interrupted</source>
            <translation>unterbrochen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_view.py" />
            <source>patch-wise…</source>
            <translation>patchweise…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/runs_view.py" />
            <source>Settings of the chosen runs</source>
            <translation>Einstellungen der gewählten Läufe</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/scale_bar.py" />
            <source>Scale bar: {text}</source>
            <translation>Maßstab: {text}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/shortcut_sheet.py" />
            <source>Walk from patch to patch</source>
            <translation>Von Patch zu Patch gehen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/shortcut_sheet.py" />
            <source>Arrow keys</source>
            <translation>Pfeiltasten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/shortcut_sheet.py" />
            <source>Zoom at the pointer</source>
            <translation>Am Zeiger zoomen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/shortcut_sheet.py" />
            <source>Wheel</source>
            <translation>Mausrad</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/shortcut_sheet.py" />
            <source>Move the slide</source>
            <translation>Schnitt verschieben</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/shortcut_sheet.py" />
            <source>Space + drag</source>
            <translation>Leer + Ziehen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/shortcut_sheet.py" />
            <source>Move the slide, too</source>
            <translation>Schnitt auch so verschieben</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/shortcut_sheet.py" />
            <source>Middle button</source>
            <translation>Mittlere Taste</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/shortcut_sheet.py" />
            <source>Double-click</source>
            <translation>Doppelklick</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/shortcut_sheet.py" />
            <source>Keys</source>
            <translation>Tasten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/shortcut_sheet.py" />
            <source>Keys by menu</source>
            <translation>Tasten nach Menü</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/shortcut_sheet.py" />
            <source>On the slide</source>
            <translation>Auf dem Schnitt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_export_dialog.py" />
            <source>Picture, PNG</source>
            <translation>Bild, PNG</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_export_dialog.py" />
            <source>The slide as it is on screen, with legend and provenance.</source>
            <translation>Der Schnitt wie auf dem Bildschirm, mit Legende und Herkunft.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_export_dialog.py" />
            <source>Picture, SVG</source>
            <translation>Bild, SVG</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_export_dialog.py" />
            <source>The same; words, lines and cells stay sharp and editable.</source>
            <translation>Dasselbe; Wörter, Linien und Felder bleiben scharf und bearbeitbar.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_export_dialog.py" />
            <source>Values, CSV</source>
            <translation>Werte, CSV</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_export_dialog.py" />
            <source>A line a patch: place, probability in each view, uncertainty, truth, model, role.</source>
            <translation>Eine Zeile je Patch: Ort, Wahrscheinlichkeit in jeder Ansicht, Unsicherheit, Referenz, Modell, Rolle.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_export_dialog.py" />
            <source>With the same numbers of each.</source>
            <translation>Mit denselben Zahlen zu jedem.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_export_dialog.py" />
            <source>QuPath GeoJSON, regions</source>
            <translation>QuPath-GeoJSON, Regionen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_export_dialog.py" />
            <source>Patches predicted IDC, neighbours joined.</source>
            <translation>Als IDC vorhergesagte Patches, Nachbarn verbunden.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_export_dialog.py" />
            <source>Tissue alone, PNG</source>
            <translation>Nur Gewebe, PNG</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_export_dialog.py" />
            <source>At full size; the GeoJSON lies exactly over it.</source>
            <translation>In voller Größe; das GeoJSON liegt genau darüber.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_export_dialog.py" />
            <source>There is no prediction of this patient: only the tissue can be exported.</source>
            <translation>Für diesen Patienten gibt es keine Vorhersage: nur das Gewebe kann exportiert werden.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_export_dialog.py" />
            <source>Export this slide</source>
            <translation>Diesen Schnitt exportieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_export_dialog.py" />
            <source>Choose a folder…</source>
            <translation>Ordner wählen…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_export_dialog.py" />
            <source>Export</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_export_dialog.py" />
            <source>Will be replaced there: {names}.</source>
            <translation>Wird dort ersetzt: {names}.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_pane.py" />
            <source>Open a folder of patients, or the demo, to see a slide here.</source>
            <translation>Öffnen Sie einen Ordner mit Patienten oder die Demo, um hier einen Schnitt zu sehen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_pane.py" />
            <source>Choose a patient on the left to see its slide.</source>
            <translation>Wählen Sie links einen Patienten, um seinen Schnitt zu sehen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_pane.py" />
            <source>SYNTHETIC TISSUE</source>
            <translation>SYNTHETISCHES GEWEBE</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_pane.py" />
            <source>You read blind: a prediction shows once you have labelled its patch.</source>
            <translation>Sie befunden verblindet: eine Vorhersage erscheint, sobald Sie ihr Patch annotiert haben.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_pane.py" />
            <source>Entropy of the probability</source>
            <translation>Entropie der Wahrscheinlichkeit</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_pane.py" />
            <source>One of the two models has no context</source>
            <translation>Eines der beiden Modelle hat keinen Kontext</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_pane.py" />
            <source>No change: {earlier} has not predicted this patient</source>
            <translation>Keine Änderung: {earlier} hat diesen Patienten nicht vorhergesagt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_pane.py" />
            <source>x {x:,} · y {y:,} · truth {label}</source>
            <translation>x {x:,} · y {y:,} · Referenz {label}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_pane.py" />
            <source> · label {label}</source>
            <translation> · Label {label}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_pane.py" />
            <source> · predicted {probability:.2f}</source>
            <translation> · Vorhersage {probability:.2f}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_pane.py" />
            <source> ({view}; single patch, raw {raw:.2f})</source>
            <translation> ({view}; Einzelpatch, roh {raw:.2f})</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_pane.py" />
            <source> · change {change:+.2f}</source>
            <translation> · Änderung {change:+.2f}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_stamps.py" />
            <source>New pixels</source>
            <translation>Neue Pixel</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_view.py" />
            <source>Slide</source>
            <translation>Schnitt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_view.py" />
            <source>Arrow keys walk from patch to patch, plus and minus zoom, 0 shows the whole slide.</source>
            <translation>Die Pfeiltasten gehen von Patch zu Patch, Plus und Minus zoomen, 0 zeigt den ganzen Schnitt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/slide_view.py" />
            <source>BLIND READING</source>
            <translation>VERBLINDETE BEFUNDUNG</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/start_page.py" />
            <source>Begin with a folder of patients</source>
            <translation>Beginnen Sie mit einem Ordner von Patienten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/start_page.py" />
            <source>Browse breast-cancer slides, see where a model finds invasive ductal carcinoma (IDC), correct labels, and retrain. Research use only.</source>
            <translation>Schnitte von Brustkrebs betrachten, sehen, wo ein Modell invasives duktales Karzinom (IDC) findet, Labels korrigieren und neu trainieren. Nur für Forschungszwecke.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/start_page.py" />
            <source>A folder with a folder for each patient, and in it the folders 0 and 1.</source>
            <translation>Ein Ordner mit einem Ordner je Patient und darin den Ordnern 0 und 1.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/start_page.py" />
            <source>Synthetic tissue, painted here in seconds. No download.</source>
            <translation>Synthetisches Gewebe, hier in Sekunden gemalt. Nichts wird heruntergeladen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/start_page.py" />
            <source>277,524 real patches of 279 patients (CC0). You are asked before a download.</source>
            <translation>277,524 echte Patches von 279 Patienten (CC0). Vor dem Herunterladen werden Sie gefragt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/start_page.py" />
            <source>Folders that you open are listed here.</source>
            <translation>Hier stehen die Ordner, die Sie öffnen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/start_page.py" />
            <source>Or drop a folder of patients, or a model, anywhere on this window.</source>
            <translation>Oder ziehen Sie einen Ordner mit Patienten oder ein Modell irgendwo auf dieses Fenster.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/summary_tables.py" />
            <source>Test</source>
            <translation>Test</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/summary_tables.py" />
            <source>patients</source>
            <translation>Patienten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/summary_tables.py" />
            <source>patches</source>
            <translation>Patches</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_controls.py" />
            <source>Progress of the training</source>
            <translation>Fortschritt des Trainings</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_controls.py" />
            <source>Start training</source>
            <translation>Training starten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_controls.py" />
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_controls.py" />
            <source>Finish and keep best</source>
            <translation>Beenden, beste behalten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_controls.py" />
            <source>End with this epoch and keep the model of the best one</source>
            <translation>Mit dieser Epoche beenden und das Modell der besten behalten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_controls.py" />
            <source>End without a new model; the model in use stays</source>
            <translation>Ohne neues Modell beenden; das verwendete Modell bleibt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_controls.py" />
            <source>Go on</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form.py" />
            <source>fine-tuned</source>
            <translation>feinabgestimmt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form.py" />
            <source>frozen</source>
            <translation>eingefroren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form.py" />
            <source>by patient</source>
            <translation>nach Patient</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form.py" />
            <source>A split file</source>
            <translation>Eine Aufteilungsdatei</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form.py" />
            <source>Split files and lists (*.json *.txt *.csv);;All files (*)</source>
            <translation>Aufteilungen und Listen (*.json *.txt *.csv);;Alle Dateien (*)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form.py" />
            <source>whole set</source>
            <translation>alles</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form.py" />
            <source>never</source>
            <translation>nie</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form.py" />
            <source> epoch</source>
            <translation> Epoche</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form.py" />
            <source> epochs</source>
            <translation> Epochen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form.py" />
            <source>cosine</source>
            <translation>Kosinus</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form.py" />
            <source>constant</source>
            <translation>konstant</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form.py" />
            <source>automatic</source>
            <translation>automatisch</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form.py" />
            <source>32 bit</source>
            <translation>32 Bit</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form.py" />
            <source>16 bit</source>
            <translation>16 Bit</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form.py" />
            <source>Class weights</source>
            <translation>Klassengewichte</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form.py" />
            <source>Augmentation</source>
            <translation>Augmentierung</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form.py" />
            <source>Average weights</source>
            <translation>Gewichte mitteln</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form.py" />
            <source>Backbone</source>
            <translation>Rumpf</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form.py" />
            <source>Seed</source>
            <translation>Startzahl</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form.py" />
            <source>Job file</source>
            <translation>Job-Datei</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form.py" />
            <source>Stop early after</source>
            <translation>Früh enden nach</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form.py" />
            <source>Batch size</source>
            <translation>Batchgröße</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form.py" />
            <source>Schedule</source>
            <translation>Verlauf der Rate</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form.py" />
            <source>Precision</source>
            <translation>Präzision</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form.py" />
            <source>Smoothing</source>
            <translation>Glättung</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form.py" />
            <source>auto ({rate:g})</source>
            <translation>auto ({rate:g})</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>Downloaded once, about {size} MB, when the training starts.</source>
            <translation>Wird einmal heruntergeladen, etwa {size} MB, wenn das Training beginnt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>Learns slowly and scores lower than from ImageNet weights.</source>
            <translation>Lernt langsam und erreicht weniger als mit ImageNet-Gewichten.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>Simple CNN starts from nothing, or goes on from a model.</source>
            <translation>Simple CNN beginnt bei null oder setzt ein Modell fort.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>Only the head learns: faster, with lower scores.</source>
            <translation>Nur der Kopf lernt: schneller, mit schlechteren Kennzahlen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>Frozen at random weights, it hardly learns: fine-tune it, or start elsewhere.</source>
            <translation>Bei zufälligen Gewichten eingefroren lernt es kaum: stimmen Sie es fein ab oder beginnen Sie anderswo.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>Optimistic: the patches of one patient both train and validate.</source>
            <translation>Optimistisch: Patches eines Patienten trainieren und validieren zugleich.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>As that model was split, where it was trained on these data.</source>
            <translation>Wie bei jenem Modell, sofern es mit diesen Daten trainiert wurde.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>A number above 0, at most 1, such as 0.0004; empty for automatic.</source>
            <translation>Eine Zahl über 0, höchstens 1, etwa 0.0004; leer für automatisch.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>Learning rate: a number above 0, at most 1, such as 0.0004; empty for automatic.</source>
            <translation>Lernrate: eine Zahl über 0, höchstens 1, etwa 0.0004; leer für automatisch.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>a whole number from {least:,} to {most:,}.</source>
            <translation>eine ganze Zahl von {least:,} bis {most:,}.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>1 to {most:,}; empty for “{special}”.</source>
            <translation>1 bis {most:,}; leer für „{special}“.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>a number from {least:,} to {most:,}.</source>
            <translation>eine Zahl von {least:,} bis {most:,}.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>The network that is trained</source>
            <translation>Das Netz, das trainiert wird</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>What the network knows when it begins</source>
            <translation>Was das Netz am Anfang weiß</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>All of the network but its last layer; frozen, it stays as it is</source>
            <translation>Das ganze Netz bis auf die letzte Schicht; eingefroren bleibt es, wie es ist</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>Who is trained on, who chooses the best epoch, and who is kept for a test</source>
            <translation>An wem trainiert wird, wer die beste Epoche wählt und wer für einen Test bleibt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>Where chance begins: of split, start weights, order and augmentation</source>
            <translation>Wo der Zufall beginnt: bei Aufteilung, Startgewichten, Reihenfolge und Augmentation</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>All these settings in a file, to train with them again, here or elsewhere</source>
            <translation>Alle diese Einstellungen in einer Datei, um wieder mit ihnen zu trainieren, hier oder anderswo</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>How often it goes through the training patches; after each it is judged</source>
            <translation>Wie oft es die Trainingspatches durchgeht; nach jedem Mal wird es beurteilt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>So many batches are an epoch: fewer, to be judged more often</source>
            <translation>So viele Batches sind eine Epoche: weniger, um öfter beurteilt zu werden</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>End when so many epochs in a row were no better than the best one</source>
            <translation>Enden, wenn so viele Epochen nacheinander nicht besser waren als die beste</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>So many patches are learned from at once; more take more memory</source>
            <translation>Von so vielen Patches wird auf einmal gelernt; mehr brauchen mehr Speicher</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>How far a step changes the network: too far, and it finds nothing; too little takes long</source>
            <translation>Wie weit ein Schritt das Netz ändert: zu weit, und es findet nichts; zu wenig dauert lange</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>Cosine lowers the learning rate to nearly nothing; constant keeps it</source>
            <translation>Kosinus senkt die Lernrate bis fast auf null; konstant behält sie</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>What the network computes in; automatic: what is fastest for it on this machine</source>
            <translation>Womit das Netz rechnet; automatisch: was auf diesem Rechner am schnellsten ist</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>How far the loss moves each label towards a half; labels at borders are doubtful</source>
            <translation>Wie weit der Verlust jedes Label zur Hälfte verschiebt; Labels an Rändern sind zweifelhaft</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>Weigh IDC and not IDC alike, whatever their numbers</source>
            <translation>IDC und kein IDC gleich gewichten, gleich wie viele es sind</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>Flips, quarter turns and a mild change of colours</source>
            <translation>Spiegelungen, Vierteldrehungen und eine leichte Änderung der Farben</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_form_words.py" />
            <source>Judge and keep the average of the weights over the last epoch: steadier, mostly better</source>
            <translation>Das Mittel der Gewichte über die letzte Epoche beurteilen und behalten: ruhiger, meist besser</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_notices.py" />
            <source>{text} And {left} more.</source>
            <translation>{text} Und {left} weitere.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_panel.py" />
            <source>Open a folder of patients first: then a model can be trained on it here.</source>
            <translation>Öffnen Sie zuerst einen Ordner mit Patienten: dann kann hier ein Modell an ihnen trainiert werden.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_panel.py" />
            <source>The model is in {folder}</source>
            <translation>Das Modell liegt in {folder}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_settings.py" />
            <source>Settings of {name}</source>
            <translation>Einstellungen von {name}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_settings.py" />
            <source>The settings of {name} cannot be read</source>
            <translation>Die Einstellungen von {name} können nicht gelesen werden</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_summary.py" />
            <source>Before the start</source>
            <translation>Vor dem Start</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_summary.py" />
            <source>Estimate time and memory</source>
            <translation>Zeit und Speicher schätzen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_summary.py" />
            <source>Progress of the estimate</source>
            <translation>Fortschritt der Schätzung</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_summary_words.py" />
            <source>Steps</source>
            <translation>Schritte</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_summary_words.py" />
            <source>Time</source>
            <translation>Zeit</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_summary_words.py" />
            <source>Memory</source>
            <translation>Speicher</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_summary_words.py" />
            <source>Leak check</source>
            <translation>Leck-Prüfung</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_summary_words.py" />
            <source>not estimated yet</source>
            <translation>noch nicht geschätzt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_summary_words.py" />
            <source>Starting TensorFlow…</source>
            <translation>TensorFlow startet…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_summary_words.py" />
            <source>Stopped: nothing was estimated.</source>
            <translation>Angehalten: nichts wurde geschätzt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_summary_words.py" />
            <source>Builds the network, runs some steps on a few patients, and keeps nothing. It takes half a minute or so.</source>
            <translation>Baut das Netz, rechnet einige Schritte an wenigen Patienten und behält nichts. Das dauert etwa eine halbe Minute.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_summary_words.py" />
            <source>IDC {idc:.2f} · not IDC {not_idc:.2f}</source>
            <translation>IDC {idc:.2f} · kein IDC {not_idc:.2f}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_summary_words.py" />
            <source>off</source>
            <translation>aus</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_summary_words.py" />
            <source>{speed:,.0f} patches/s</source>
            <translation>{speed:,.0f} Patches/s</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_summary_words.py" />
            <source>≈ {whole} · {epoch} an epoch · {speed}</source>
            <translation>≈ {whole} · {epoch} je Epoche · {speed}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_summary_words.py" />
            <source>{steps:,} an epoch · {all_steps:,} in 1 epoch</source>
            <translation>{steps:,} je Epoche · {all_steps:,} in 1 Epoche</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_summary_words.py" />
            <source>{steps:,} an epoch · {all_steps:,} in {count:,} epochs</source>
            <translation>{steps:,} je Epoche · {all_steps:,} in {count:,} Epochen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_views.py" />
            <source>Curves</source>
            <translation>Kurven</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_words.py" />
            <source>Starting: TensorFlow takes some seconds to load.</source>
            <translation>Beginnt: TensorFlow braucht einige Sekunden zum Laden.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_words.py" />
            <source>Pausing after this batch…</source>
            <translation>Pause nach diesem Batch…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_words.py" />
            <source>Paused</source>
            <translation>Pause</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_words.py" />
            <source>Going on…</source>
            <translation>Geht weiter…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_words.py" />
            <source>Finishing this epoch</source>
            <translation>Diese Epoche wird beendet</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_words.py" />
            <source>Cancelling…</source>
            <translation>Wird abgebrochen…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_words.py" />
            <source>Writing the model of the best epoch…</source>
            <translation>Das Modell der besten Epoche wird geschrieben…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_words.py" />
            <source>Training cancelled. The model in use stays as it was.</source>
            <translation>Training abgebrochen. Das verwendete Modell bleibt, wie es war.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_words.py" />
            <source>No model was made.</source>
            <translation>Es wurde kein Modell gemacht.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_words.py" />
            <source>Not loaded, since other data or another model were chosen meanwhile. Load it from the list of runs: {folder}</source>
            <translation>Nicht geladen, da inzwischen andere Daten oder ein anderes Modell gewählt wurden. Laden Sie es aus der Liste der Läufe: {folder}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_words.py" />
            <source>validation: {patients}, {split}</source>
            <translation>Validierung: {patients}, {split}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_words.py" />
            <source>{patches} of {patients} to train on</source>
            <translation>{patches} von {patients} zum Trainieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_words.py" />
            <source>{time} left</source>
            <translation>noch {time}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_words.py" />
            <source>epoch {epoch} of {epochs} is done</source>
            <translation>Epoche {epoch} von {epochs} ist fertig</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_words.py" />
            <source>epoch {epoch} of {epochs}</source>
            <translation>Epoche {epoch} von {epochs}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_words.py" />
            <source>step {step:,} of {steps:,}</source>
            <translation>Schritt {step:,} von {steps:,}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_words.py" />
            <source>validating {done:,} of 1 patch</source>
            <translation>validiert {done:,} von 1 Patch</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_words.py" />
            <source>validating {done:,} of {count:,} patches</source>
            <translation>validiert {done:,} von {count:,} Patches</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_words.py" />
            <source>on {device}</source>
            <translation>auf {device}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_words.py" />
            <source>{time} run</source>
            <translation>Laufzeit {time}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_words.py" />
            <source>{time} an epoch</source>
            <translation>{time} je Epoche</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_words.py" />
            <source>no epoch is finished yet</source>
            <translation>noch ist keine Epoche fertig</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_words.py" />
            <source>best epoch {epoch} ({figure}, {validation})</source>
            <translation>beste Epoche {epoch} ({figure}, {validation})</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_words.py" />
            <source>AUC {auc:.2f}</source>
            <translation>AUC {auc:.2f}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_words.py" />
            <source>balanced accuracy {balanced:.2f}</source>
            <translation>balancierte Genauigkeit {balanced:.2f}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_words.py" />
            <source>balanced accuracy unknown</source>
            <translation>balancierte Genauigkeit unbekannt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_words.py" />
            <source>Finished after {took}: kept epoch {epoch} ({measured}).</source>
            <translation>Fertig nach {took}: Epoche {epoch} behalten ({measured}).</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/training_words.py" />
            <source>Finished early after {took}: kept epoch {epoch} ({measured}).</source>
            <translation>Früh fertig nach {took}: Epoche {epoch} behalten ({measured}).</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/unwritten_question.py" />
            <source>Writing the last labels to the disk…</source>
            <translation>Die letzten Labels werden auf die Festplatte geschrieben…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/unwritten_question.py" />
            <source>Labels are not on the disk</source>
            <translation>Labels sind nicht auf der Festplatte</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/unwritten_question.py" />
            <source>Try again</source>
            <translation>Erneut versuchen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/unwritten_question.py" />
            <source>Save all labels as a table…</source>
            <translation>Alle Labels als Tabelle speichern…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/unwritten_question.py" />
            <source>Close, and lose them</source>
            <translation>Schließen und sie verlieren</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/view_buttons.py" />
            <source>Let neighbouring patches speak: what stands alone fades, what hangs together stays (N)</source>
            <translation>Nachbarpatches mitreden lassen: Alleinstehendes verblasst, Zusammenhängendes bleibt (N)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/view_buttons.py" />
            <source>Show probabilities that are right as often as they say (V)</source>
            <translation>Wahrscheinlichkeiten zeigen, die so oft stimmen, wie sie sagen (V)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/view_buttons.py" />
            <source>Average over the eight flips and rotations of each patch: steadier, and eight times as slow</source>
            <translation>Über die acht Spiegelungen und Drehungen jedes Patches mitteln: ruhiger und achtmal so langsam</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/view_buttons.py" />
            <source>Show where the model is unsure, in place of the heatmap (U)</source>
            <translation>Zeigen, wo das Modell unsicher ist, anstelle der Heatmap (U)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/view_buttons.py" />
            <source>Context</source>
            <translation>Kontext</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/view_buttons.py" />
            <source>Calibrated</source>
            <translation>Kalibriert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/view_buttons.py" />
            <source>Average flips</source>
            <translation>Spiegelungen mitteln</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/weights_choice.py" />
            <source>the bundled model</source>
            <translation>das mitgelieferte Modell</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/weights_choice.py" />
            <source>the model in use</source>
            <translation>das verwendete Modell</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/weights_choice.py" />
            <source>Weights (*.h5 *.hdf5);;All files (*)</source>
            <translation>Gewichte (*.h5 *.hdf5);;Alle Dateien (*)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/weights_choice.py" />
            <source>ImageNet</source>
            <translation>ImageNet</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/weights_choice.py" />
            <source>none (random)</source>
            <translation>keine (zufällig)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/weights_choice.py" />
            <source>Weights to start from</source>
            <translation>Gewichte, von denen ausgegangen wird</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/widgets/weights_choice.py" />
            <source>A model, or its run, to go on from</source>
            <translation>Ein Modell oder sein Lauf, von dem ausgegangen wird</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>original</source>
            <translation>ursprünglich</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>excluded</source>
            <translation>verworfen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>several labels</source>
            <translation>mehrere Labels</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>True positive</source>
            <translation>Richtig positiv</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>False positive</source>
            <translation>Falsch positiv</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>False negative</source>
            <translation>Falsch negativ</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>True negative</source>
            <translation>Richtig negativ</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>true positive</source>
            <translation>richtig positiv</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>false positive</source>
            <translation>falsch positiv</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>false negative</source>
            <translation>falsch negativ</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>true negative</source>
            <translation>richtig negativ</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>True positives</source>
            <translation>Richtig positiv</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>False positives</source>
            <translation>Falsch positiv</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>False negatives</source>
            <translation>Falsch negativ</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>True negatives</source>
            <translation>Richtig negativ</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>no patch is predicted</source>
            <translation>kein Patch ist vorhergesagt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Least certain</source>
            <translation>Am unsichersten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Label doubtful</source>
            <translation>Label zweifelhaft</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>At odds with neighbours</source>
            <translation>Abweichend von Nachbarn</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Random control</source>
            <translation>Zufallskontrolle</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>with context, calibrated</source>
            <translation>mit Kontext, kalibriert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>with context, raw</source>
            <translation>mit Kontext, roh</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>single patch, calibrated</source>
            <translation>Einzelpatch, kalibriert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>single patch, raw</source>
            <translation>Einzelpatch, roh</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>With context, calibrated</source>
            <translation>Mit Kontext, kalibriert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>With context, raw</source>
            <translation>Mit Kontext, roh</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Single patch, calibrated</source>
            <translation>Einzelpatch, kalibriert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Single patch, raw</source>
            <translation>Einzelpatch, roh</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>averaged over flips and rotations</source>
            <translation>gemittelt über Spiegelungen und Drehungen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Averaged over flips and rotations</source>
            <translation>Gemittelt über Spiegelungen und Drehungen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>in bfloat16</source>
            <translation>in bfloat16</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>In bfloat16</source>
            <translation>In bfloat16</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>in int8</source>
            <translation>in int8</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>In int8</source>
            <translation>In int8</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Red/green</source>
            <translation>Rot/Grün</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Blue/orange</source>
            <translation>Blau/Orange</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Cividis</source>
            <translation>Cividis</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Full colour vision</source>
            <translation>Volles Farbensehen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Deuteranopia (no green)</source>
            <translation>Deuteranopie (kein Grün)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Protanopia (no red)</source>
            <translation>Protanopie (kein Rot)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Greyscale (print)</source>
            <translation>Graustufen (Druck)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>patch-wise</source>
            <translation>patchweise</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>from lists of patients</source>
            <translation>nach Patientenlisten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>from lists of patches</source>
            <translation>nach Patchlisten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>test</source>
            <translation>Test</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>all patients</source>
            <translation>alle Patienten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>all patients, roles unknown</source>
            <translation>alle Patienten, Rollen unbekannt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>not known</source>
            <translation>nicht bekannt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>TRAIN</source>
            <translation>TRAINING</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>HELD OUT</source>
            <translation>UNGESEHEN</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>UNKNOWN</source>
            <translation>UNBEKANNT</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>of unknown role: the model may have been trained on this patient</source>
            <translation>Rolle unbekannt: das Modell wurde womöglich an diesem Patienten trainiert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Unknown role: the model may have been trained on this patient</source>
            <translation>Rolle unbekannt: das Modell wurde womöglich an diesem Patienten trainiert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Optimistic: the split has the same patients in several parts.</source>
            <translation>Optimistisch: die Aufteilung hat dieselben Patienten in mehreren Teilen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>May be optimistic: the model was imported, and nobody knows which of these patients it was trained on.</source>
            <translation>Möglicherweise optimistisch: das Modell wurde importiert, und niemand weiß, an welchen dieser Patienten es trainiert wurde.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>F1</source>
            <translation>F1</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Loss</source>
            <translation>Verlust</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Best balanced accuracy</source>
            <translation>Beste balancierte Genauigkeit</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Best F1</source>
            <translation>Bestes F1</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>not known, since the model was trained elsewhere</source>
            <translation>nicht bekannt, da das Modell anderswo trainiert wurde</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>finished</source>
            <translation>fertig</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>cancelled</source>
            <translation>abgebrochen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>failed</source>
            <translation>fehlgeschlagen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>running</source>
            <translation>läuft</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>random</source>
            <translation>zufällig</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>progress in the last epoch</source>
            <translation>Fortschritt in der letzten Epoche</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>validation loss no number</source>
            <translation>Validierungsverlust keine Zahl</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Starts from ImageNet weights and is fine-tuned whole: the better scores.</source>
            <translation>Beginnt mit ImageNet-Gewichten und wird ganz feinabgestimmt: die besseren Kennzahlen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>A small separable network, trained from nothing: quick to try things with.</source>
            <translation>Ein kleines separables Netz, von Grund auf trainiert: zum schnellen Ausprobieren.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>2.3 million parameters (alpha 0.35: 0.4 million)</source>
            <translation>2.3 Millionen Parameter (Alpha 0.35: 0.4 Millionen)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>202 thousand parameters</source>
            <translation>202 Tausend Parameter</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Building the network.</source>
            <translation>Das Netz wird gebaut.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Timing some steps.</source>
            <translation>Einige Schritte werden gemessen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Timing the validation.</source>
            <translation>Die Validierung wird gemessen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Patience</source>
            <translation>Geduld</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Fine tune</source>
            <translation>Feinabstimmung</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Label smoothing</source>
            <translation>Label-Glättung</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Weight averaging</source>
            <translation>Gewichte mitteln</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>The validation patches are all of one class: AUC and balanced accuracy are not defined, and the best epoch is the one of the lowest loss.</source>
            <translation>Die Validierungspatches gehören alle zu einer Klasse: AUC und balancierte Genauigkeit sind nicht definiert, und die beste Epoche ist die mit dem kleinsten Verlust.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>No leak: no shared patients, no touching patches; pictures were not compared</source>
            <translation>Kein Leck: keine gemeinsamen Patienten, keine angrenzenden Patches; Bilder wurden nicht verglichen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>No leak: no shared patients, no touching patches, no equal pictures</source>
            <translation>Kein Leck: keine gemeinsamen Patienten, keine angrenzenden Patches, keine gleichen Bilder</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Its model is damaged or incomplete: make it again, or restore it from a copy.</source>
            <translation>Sein Modell ist beschädigt oder unvollständig: erstellen Sie es neu oder holen Sie es aus einer Kopie.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Folders without patches</source>
            <translation>Ordner ohne Patches</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Folders with names that no patient has</source>
            <translation>Ordner mit Namen, die kein Patient hat</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Files that are not patches</source>
            <translation>Dateien, die keine Patches sind</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Patches in a folder that contradicts their name</source>
            <translation>Patches in einem Ordner, der ihrem Namen widerspricht</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Patches that lie off the 50 px grid</source>
            <translation>Patches neben dem Raster von 50 px</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Several files for one place</source>
            <translation>Mehrere Dateien für eine Stelle</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Second copies of the data set</source>
            <translation>Zweite Kopien des Datensatzes</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Files or folders that cannot be read</source>
            <translation>Unlesbare Dateien oder Ordner</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Damaged pictures</source>
            <translation>Beschädigte Bilder</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Pictures of a size no patch has</source>
            <translation>Bilder einer Größe, die kein Patch hat</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Pictures that are not RGB (converted)</source>
            <translation>Bilder, die nicht RGB sind (umgewandelt)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Pictures that changed since they were indexed</source>
            <translation>Bilder, die sich seit dem Einlesen geändert haben</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Labels of almost the same data in another workspace</source>
            <translation>Labels fast derselben Daten in einem anderen Arbeitsbereich</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Files of the workspace that could not be used or kept</source>
            <translation>Dateien des Arbeitsbereichs, die nicht verwendet oder behalten werden konnten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Undo {what}</source>
            <translation>Rückgängig: {what}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Redo {what}</source>
            <translation>Wiederholt: {what}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>{what}: 1 patch of {whose}</source>
            <translation>{what}: 1 Patch von {whose}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>{what}: {number} patches of {whose}</source>
            <translation>{what}: {number} Patches von {whose}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>{number} patients</source>
            <translation>{number} Patienten</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>patient {whose}</source>
            <translation>Patient {whose}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>{above} of {number} patches ({share} %)</source>
            <translation>{above} von {number} Patches ({share} %)</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>{what}: {label}, predicted {other}</source>
            <translation>{what}: {label}, vorhergesagt {other}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Probability {low} to {high}</source>
            <translation>Wahrscheinlichkeit {low} bis {high}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Probability {low} to {high}, {label}</source>
            <translation>Wahrscheinlichkeit {low} bis {high}, {label}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Sensitivity {share} %</source>
            <translation>Sensitivität {share} %</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Optimistic: the model was trained or tuned on {number} of these patients.</source>
            <translation>Optimistisch: das Modell wurde an {number} dieser Patienten trainiert oder abgestimmt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>balanced accuracy {score} (95 %: {low} to {high}); {rest}</source>
            <translation>balancierte Genauigkeit {score} (95 %: {low} bis {high}); {rest}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>balanced accuracy {score}; {rest}</source>
            <translation>balancierte Genauigkeit {score}; {rest}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>1 patient, {number} patches, split {what}</source>
            <translation>1 Patient, {number} Patches, Aufteilung {what}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>{count} patients, {number} patches, split {what}</source>
            <translation>{count} Patienten, {number} Patches, Aufteilung {what}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>{what}; optimistic: it was trained on {number} of them</source>
            <translation>{what}; optimistisch: an {number} von ihnen wurde es trainiert</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Left out of the fit of threshold, calibration and context: {count} of {number} validation patients, whom the network was trained on.</source>
            <translation>Nicht in der Anpassung von Schwelle, Kalibrierung und Kontext: {count} von {number} Validierungspatienten, an denen das Netz trainiert wurde.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>The network was trained on {count} of {number} validation patients, and too few others are left: threshold and scores are optimistic, and there is neither context nor calibration.</source>
            <translation>Das Netz wurde an {count} von {number} Validierungspatienten trainiert, und zu wenige andere bleiben: Schwelle und Kennzahlen sind optimistisch, und es gibt weder Kontext noch Kalibrierung.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>{count} of {number} epochs without progress</source>
            <translation>{count} von {number} Epochen ohne Fortschritt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>1 epoch without progress</source>
            <translation>1 Epoche ohne Fortschritt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>{count} epochs without progress</source>
            <translation>{count} Epochen ohne Fortschritt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>validation loss {score}, the lowest so far</source>
            <translation>Validierungsverlust {score}, bisher der kleinste</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>validation loss {score}, lowest {low} in epoch {number}</source>
            <translation>Validierungsverlust {score}, kleinster {low} in Epoche {number}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>validation loss {score}</source>
            <translation>Validierungsverlust {score}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>1 deleted run, {size}</source>
            <translation>1 gelöschter Lauf, {size}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>{number} deleted runs, {size}</source>
            <translation>{number} gelöschte Läufe, {size}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>It was deleted more than {number} days ago.</source>
            <translation>Er wurde vor mehr als {number} Tagen gelöscht.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>{count} of them was deleted more than {number} days ago.</source>
            <translation>{count} davon wurde vor mehr als {number} Tagen gelöscht.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>{count} of them were deleted more than {number} days ago.</source>
            <translation>{count} davon wurden vor mehr als {number} Tagen gelöscht.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>{number} days {time}</source>
            <translation>{number} Tage {time}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>{number} days</source>
            <translation>{number} Tage</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>those of the model {what}</source>
            <translation>die des Modells {what}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>ImageNet, about {size} MB to download</source>
            <translation>ImageNet, etwa {size} MB herunterzuladen</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>{count} of {number}</source>
            <translation>{count} von {number}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>{size} of {rest}</source>
            <translation>{size} von {rest}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>1 official test case is among the training and validation patients ({rest}): results on the official test set will not count.</source>
            <translation>1 offizieller Testfall ist unter den Trainings- und Validierungspatienten ({rest}): Ergebnisse am offiziellen Testsatz zählen dann nicht.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>{number} official test cases are among the training and validation patients ({rest}): results on the official test set will not count.</source>
            <translation>{number} offizielle Testfälle sind unter den Trainings- und Validierungspatienten ({rest}): Ergebnisse am offiziellen Testsatz zählen dann nicht.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>The split is {what}: patches of a patient stand in several parts, so the scores are optimistic and say little about new patients.</source>
            <translation>Die Aufteilung ist {what}: Patches eines Patienten stehen in mehreren Teilen, daher sind die Kennzahlen optimistisch und sagen wenig über neue Patienten.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>The {what} part has 1 patient only: the scores will be uncertain.</source>
            <translation>Der Teil {what} hat nur 1 Patienten: die Kennzahlen werden unsicher sein.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>The {what} part has {number} patients only: the scores will be uncertain.</source>
            <translation>Der Teil {what} hat nur {number} Patienten: die Kennzahlen werden unsicher sein.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>1 patch cannot be read: left out of the training.</source>
            <translation>1 Patch ist nicht lesbar: es bleibt beim Training außen vor.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>{number} patches cannot be read: left out of the training.</source>
            <translation>{number} Patches sind nicht lesbar: sie bleiben beim Training außen vor.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>The training needs {size} of the machine's {rest} of memory: a smaller batch size needs less.</source>
            <translation>Das Training braucht {size} der {rest} Speicher des Rechners: mit kleinerer Batchgröße braucht es weniger.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>No leak: no shared patients, no touching patches, no equal pictures in {rest}</source>
            <translation>Kein Leck: keine gemeinsamen Patienten, keine angrenzenden Patches, keine gleichen Bilder in {rest}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>{count} x {number} fields over {low} px, {above} px each</source>
            <translation>{count} x {number} Felder auf {low} px, je {above} px</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>{count} x {number} fields over {low} px, {above} px each: coarse</source>
            <translation>{count} x {number} Felder auf {low} px, je {above} px: grob</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>{count} x {number} fields over {low} px, {above} px each: very coarse</source>
            <translation>{count} x {number} Felder auf {low} px, je {above} px: sehr grob</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Reading patches: {count} of {number} patients.</source>
            <translation>Patches werden gelesen: {count} von {number} Patienten.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Going on after epoch {number}.</source>
            <translation>Weiter nach Epoche {number}.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>Making the model of the best epoch, {number}.</source>
            <translation>Das Modell der besten Epoche, {number}, wird erstellt.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/words_below.py" />
            <source>The loss is no number any more at step {count} of epoch {number}. The model is that of the best epoch before. The learning rate, {rest}, was probably too high: train again with a lower one. Finished epochs are kept.</source>
            <translation>Der Verlust ist in Schritt {count} von Epoche {number} keine Zahl mehr. Das Modell ist das der besten Epoche davor. Die Lernrate, {rest}, war wohl zu hoch: mit einer niedrigeren neu trainieren. Fertige Epochen bleiben.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/evaluation_worker.py" />
            <source>chosen on 1 validation patient; kept in the card</source>
            <translation>an 1 Validierungspatienten gewählt; in der Modellkarte vermerkt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/evaluation_worker.py" />
            <source>chosen on {count} validation patients; kept in the card</source>
            <translation>an {count} Validierungspatienten gewählt; in der Modellkarte vermerkt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/evaluation_worker.py" />
            <source>the model's validation patients are not known</source>
            <translation>die Validierungspatienten des Modells sind nicht bekannt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/evaluation_worker.py" />
            <source>predict the validation patients to have more to choose from</source>
            <translation>lassen Sie die Validierungspatienten vorhersagen, um mehr zur Auswahl zu haben</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/evaluation_worker.py" />
            <source>{count} of {of_all}</source>
            <translation>{count} von {of_all}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/evaluation_worker.py" />
            <source>chosen on {predicted} validation patient</source>
            <translation>an {predicted} Validierungspatienten gewählt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/evaluation_worker.py" />
            <source>chosen on {predicted} validation patients</source>
            <translation>an {predicted} Validierungspatienten gewählt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/exchange_worker.py" />
            <source>1 label is written to {name}.</source>
            <translation>1 Label ist nach {name} geschrieben.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/exchange_worker.py" />
            <source>{count:,} labels are written to {name}.</source>
            <translation>{count:,} Labels sind nach {name} geschrieben.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/exchange_worker.py" />
            <source>No reader has labelled a patch here, so there is nothing to write.</source>
            <translation>Hier hat kein Befunder ein Patch annotiert, also gibt es nichts zu schreiben.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/exchange_worker.py" />
            <source>Tick the box to write the original labels.</source>
            <translation>Setzen Sie das Häkchen, um die ursprünglichen Labels zu schreiben.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/exchange_worker.py" />
            <source>1 file is written to {name}.</source>
            <translation>1 Datei ist nach {name} geschrieben.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/exchange_worker.py" />
            <source>{count:,} files are written to {name}.</source>
            <translation>{count:,} Dateien sind nach {name} geschrieben.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/exchange_worker.py" />
            <source>1 picture is copied to {name}.</source>
            <translation>1 Bild ist nach {name} kopiert.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/exchange_worker.py" />
            <source>{count:,} pictures are copied to {name}.</source>
            <translation>{count:,} Bilder sind nach {name} kopiert.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/exchange_worker.py" />
            <source>1 file could not be read.</source>
            <translation>1 Datei war nicht lesbar.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/exchange_worker.py" />
            <source>{count:,} files could not be read.</source>
            <translation>{count:,} Dateien waren nicht lesbar.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/follow_worker.py" />
            <source>The training in the background ended without a result: it was killed, or it crashed.</source>
            <translation>Das Training im Hintergrund endete ohne Ergebnis: es wurde abgewürgt oder stürzte ab.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/follow_worker.py" />
            <source>Its finished epochs are kept: resume it from the list of runs. log.txt in the run folder has its last words.</source>
            <translation>Seine fertigen Epochen bleiben: setzen Sie es in der Liste der Läufe fort. log.txt im Ordner des Laufs hat seine letzten Worte.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/model_workers.py" />
            <source>Its kept prediction was damaged and is not used; it is made anew.</source>
            <translation>Seine gespeicherte Vorhersage war beschädigt und wird nicht verwendet; sie wird neu gemacht.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/model_workers.py" />
            <source>The predictions are shown but could not be kept. {message}</source>
            <translation>Die Vorhersagen werden gezeigt, konnten aber nicht aufbewahrt werden. {message}</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/problem_workers.py" />
            <source>The last window crashed</source>
            <translation>Das letzte Fenster ist abgestürzt</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/problem_workers.py" />
            <source>The last window did not close as it should: it was ended from outside</source>
            <translation>Das letzte Fenster schloss nicht wie vorgesehen: es wurde von außen beendet</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/problem_workers.py" />
            <source>{how} (opened {day}, {time:%H:%M}).</source>
            <translation>{how} (geöffnet {day}, {time:%H:%M}).</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/problem_workers.py" />
            <source>Its workspace {folder} is not there now.</source>
            <translation>Sein Arbeitsbereich {folder} ist jetzt nicht da.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/problem_workers.py" />
            <source>It had no labels.</source>
            <translation>Es hatte keine Labels.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/problem_workers.py" />
            <source>No labels had been given in {name}.</source>
            <translation>In {name} waren keine Labels vergeben.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/problem_workers.py" />
            <source>the one stroke</source>
            <translation>die eine Eingabe</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/problem_workers.py" />
            <source>all {count:,} strokes</source>
            <translation>alle {count:,} Eingaben</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/problem_workers.py" />
            <source>Labels are written as they are given: {count} in {name} are there, the last of {day}, {time:%H:%M:%S}.</source>
            <translation>Labels werden sofort geschrieben: {count} in {name} sind da, die letzte von {day}, {time:%H:%M:%S}.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/report_worker.py" />
            <source>Measuring…</source>
            <translation>Wird gemessen…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/report_worker.py" />
            <source>Drawing the maps…</source>
            <translation>Karten werden gezeichnet…</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/training_worker.py" />
            <source>A training of this data set runs already: {name}.</source>
            <translation>Ein Training dieses Datensatzes läuft bereits: {name}.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/training_worker.py" />
            <source>Wait for its end, or end it, before the next one. The command line lets several run side by side.</source>
            <translation>Warten Sie sein Ende ab oder beenden Sie es vor dem nächsten. Auf der Befehlszeile können mehrere nebeneinander laufen.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/worker.py" />
            <source>Something unexpected went wrong: {name}: {error}.</source>
            <translation>Etwas Unerwartetes ist schiefgegangen: {name}: {error}.</translation>
        </message>
        <message>
            <location filename="../../bcviewer/gui/workers/worker.py" />
            <source>The log file has the details.</source>
            <translation>Das Protokoll hat die Einzelheiten.</translation>
        </message>
    </context>
</TS>
