"""In which order stacks and images are deployed, and with what. All images are there before the first service."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ai_voice_operations import templates
from ai_voice_operations.deploying.deployer import Deployer
from ai_voice_operations.deploying.image_tags import service_of
from ai_voice_operations.deploying.images import Images
from ai_voice_operations.deploying.preflight import Preflight
from ai_voice_operations.parameters import Parameters
from ai_voice_operations.problems import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Deployment:
    """A deployment of an environment, or of some of its stacks.

    Attributes:
        image_tag: of images that are in their repositories already; "" for images of the present code.
    """

    parameters: Parameters
    deployer: Deployer
    images: Images
    preflight: Preflight
    image_tag: str = ""

    def deploy(self, folders: "Sequence[str]" = templates.STACKS) -> None:
        """Deploys these stacks in their order. It skips what is unchanged, so it may be run again at any time.

        Raises:
            Refused: something is missing; nothing was changed by the step that says so.
            Failed: a step failed; the steps before it stay done.
        """
        ordered = [folder for folder in templates.STACKS if folder in folders]
        for folder in ordered:
            self.parameters.of(folder, {"ImageTag": ""} if service_of(folder) else {})
        architectures = self._architectures(ordered)
        self.preflight.check(ordered, self._missing(architectures), only_show=self.deployer.only_show)
        if not self.deployer.only_show:
            self._check_images(architectures)
        tags: dict[str, str] = {}
        for folder in ordered:
            service = service_of(folder)
            if service and not tags:  # all images, before the first stack that needs one
                tags = {name: self._tag(name, architecture) for name, architecture in architectures.items()}
            self.deployer.deploy(folder, self.parameters.of(folder, {"ImageTag": tags[service]} if service else {}))

    def push(self) -> None:
        """Builds and pushes the images of all services."""
        for service, architecture in self._architectures(templates.STACKS).items():
            self.images.pushed(service, architecture)

    def _missing(self, architectures: Mapping[str, str]) -> list[str]:
        """The services whose images have to be pushed."""
        if self.image_tag:
            return []
        return [
            service
            for service, architecture in architectures.items()
            if not self.images.exists(service, self.images.tag(service, architecture))
        ]

    def _check_images(self, architectures: Mapping[str, str]) -> None:
        """Checks, before anything is done, that there will be images."""
        for service, architecture in architectures.items():
            if self.image_tag:
                self.images.existing(service, self.image_tag)
            else:
                self.images.check(service, self.images.tag(service, architecture))

    def _tag(self, service: str, architecture: str) -> str:
        if self.image_tag:
            return self.images.existing(service, self.image_tag)
        if self.deployer.only_show:
            return self.images.tag(service, architecture)
        return self.images.pushed(service, architecture)

    def _architectures(self, folders: "Sequence[str]") -> Mapping[str, str]:
        """The processor of each service's image. Stacks that share an image have to have the same one."""
        found: dict[str, str] = {}
        for folder in folders:
            if service := service_of(folder):
                architecture = self._architecture(folder)
                if found.setdefault(service, architecture) != architecture:
                    raise Refused(f"{folder} runs the image of {service}: set the same Architecture for both.")
        return found

    def _architecture(self, folder: str) -> str:
        return self.parameters.effective(folder, "Architecture")
