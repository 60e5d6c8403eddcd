"""What a document is made from: a recorded result, with everything people wrote that it rests on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

from kaasav.assessment.assess import CATALOGUE, WAVE, WAVE_VALUES
from kaasav.assessment.folder import Submission
from kaasav.assessment.verify import recorded_submission
from kaasav.catalogue import reader as catalogues
from kaasav.catalogue.model import Catalogue
from kaasav.problems import Refused
from kaasav.survey.reader import read_wave
from kaasav.survey.wave import Wave


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Source:
    """One recorded result, ready to be told.

    Attributes:
        hash: the result's hash; 64 digits and letters a–f.
        record: the record, plain data (see docs/record.md).
        catalogue: the catalogue version it was judged by, read from the recorded bytes.
        submission: what people wrote, read from the recorded bytes.
        wave: the survey wave, read from the recorded bytes.
    """

    hash: str
    record: Mapping[str, Any]
    catalogue: Catalogue
    submission: Submission
    wave: Wave

    @property
    def result(self) -> Mapping[str, Any]:
        """What was computed."""
        found: Mapping[str, Any] = self.record["result"]
        return found

    @property
    def municipality(self) -> Mapping[str, Any]:
        """Who was assessed: ``code``, ``name``, ``training``, ``history``."""
        found: Mapping[str, Any] = self.record["municipality"]
        return found

    @property
    def preview(self) -> bool:
        """Whether it rests on the self-assessment alone."""
        return bool(self.result["status"] == "preview")


class Sources:
    """Reads sources: each catalogue and wave once, and no source twice that is still in use."""

    def __init__(self) -> None:
        self._in_use: WeakValueDictionary[str, Source] = WeakValueDictionary()
        self._catalogues: dict[str, Catalogue] = {}
        self._waves: dict[tuple[str, str], Wave] = {}

    def source(self, hash_: str, record: Mapping[str, Any], blob: Callable[[str], bytes]) -> Source:
        """The source of a record.

        Args:
            hash_: the result's hash.
            record: the record.
            blob: gives the bytes of an input for its SHA-256 (`Store.blob`).

        Raises:
            Refused: recorded inputs cannot be read by this version.
        """
        known = self._in_use.get(hash_)
        if known is not None:
            return known
        inputs = record["inputs"]
        submission, problems = recorded_submission({name: blob(digest) for name, digest in inputs.items()}, hash_[:12])
        if submission is None:
            raise Refused(problems)
        if inputs[CATALOGUE] not in self._catalogues:
            self._catalogues[inputs[CATALOGUE]] = catalogues.read(blob(inputs[CATALOGUE]), CATALOGUE)
        waves = (inputs[WAVE], inputs[WAVE_VALUES])
        if waves not in self._waves:
            wave, problems = read_wave(blob(waves[0]), blob(waves[1]), WAVE)
            if wave is None:
                raise Refused(problems)
            self._waves[waves] = wave
        made = Source(hash_, record, self._catalogues[inputs[CATALOGUE]], submission, self._waves[waves])
        self._in_use[hash_] = made
        return made
