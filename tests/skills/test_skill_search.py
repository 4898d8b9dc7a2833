"""Skills are found by what people call them; a slip is forgiven and said, and what is not measured is named."""

from __future__ import annotations

import pytest
from django.test import Client

from skills.catalogue.skill_search import MAX_CHARACTERS, find_skill, search_skills
from skills.editions.document import PublishedEdition
from skills.models.words import find_words, split_words
from skills.presenters.skill_search import describe_matches

#: What is typed for a skill, by its slug.
FOUND = {
    "ai-ml-integration": (
        "ai; ML; AI/ML; machine learning; Machine-Learning; genai; Gen AI; gpt; ChatGPT; llm; LLMs; "
        "RAG; PyTorch; tensorflow; deep learning; mlops; LangChain; vector search; inference; "
        "Maschinelles Lernen; Künstliche Intelligenz; inteligencia artificial; uczenie maszynowe"
    ),
    "application-security": (
        "security; appsec; DevSecOps; dev sec ops; cyber security; cybersecurity; OWASP; owasp top "
        "10; pentesting; Sicherheit; seguridad; Cyberbezpieczeństwo"
    ),
    "ci-cd": (
        "ci/cd; cicd; CI CD; ci-cd; devops; DevOps engineer; dev ops; jenkins; Jenkin; gitlab; git "
        "lab; GitHub Actions; gitops; continuous delivery"
    ),
    "cloud-architecture": (
        "aws; gcp; azure; cloud; google cloud; Google Cloud Platform; Amazon Web Services; amazon; "
        "serverless; lambda; aws lambda; cloud architect; solutions architect; cloudformation; nube; "
        "chmura; architecture; arquitectura"
    ),
    "cpp": "C++; cpp; CPlusPlus; C plus plus; modern c++",
    "data-engineering": (
        "spark; Apache Spark; pyspark; airflow; apache airflow; databricks; etl; hadoop; data "
        "engineer; data pipelines; ingeniería de datos; Datenengineering"
    ),
    "data-warehouse": (
        "snowflake; snow flake; Snowflakes; bigquery; Big Query; redshift; dbt; warehouse; hurtownia danych"
    ),
    "docker": "docker; Dockers; containers; docker-compose; podman; contenedores; Kontenery",
    "elasticsearch": "elastic; elasticsearch; Elastic Search; kibana; ELK; opensearch; búsqueda; search",
    "go": "go; golang; go lang; Goroutines",
    "infrastructure-as-code": (
        "terraform; Terraform certification; ansible; iac; IaC; infrastructure as code; opentofu; "
        "pulumi; puppet; cloud formation; infraestructura"
    ),
    "java": "java; Spring Boot; springboot; hibernate; jvm; learn java",
    "kafka": ("kafka; Apache Kafka; event streaming; event-driven; rabbitmq; Rabbit MQ; message queue; kinesis"),
    "kotlin": "kotlin; android; jetpack compose; Kotlin Multiplatform",
    "kubernetes": (
        "k8s; K8S; kube; kubernetes; Kubernetes developer; helm; helm charts; EKS; openshift; cka; "
        "istio; container orchestration"
    ),
    "postgresql": (
        "postgres; PostgreSQL; postgre; psql; sql; mysql; databases; relational database; Datenbank; "
        "bases de datos; bazy danych"
    ),
    "python": "python; Python 3; py; django; fast api; flask; pandas",
    "redis": "redis; caching; cache; memcached; valkey",
    "rust": "rust; rustlang; learn rust; cargo; wasm",
    "scala": "scala; akka",
    "site-reliability": (
        "sre; SRE; observability; prometheus; grafana; datadog; monitoring; on-call; open telemetry; "
        "site reliability engineer; Überwachung"
    ),
    "system-design": (
        "system design; systems design; distributed systems; distributed system; microservices; "
        "microservice; scalability; ddd; design patterns; verteilte Systeme; architecture"
    ),
    "typescript": "typescript; ts; type script; node; nodejs; node.js; NestJS; javascript",
}
#: What is typed with a slip, by the slug of the skill that is offered.
SLIPS = {
    "kubernetes": "kubernets; kubernates; kuberentes; kuberntes; ubernetes",
    "docker": "dokcer; dcoker",
    "python": "pyhton; pythn; ptyhon",
    "infrastructure-as-code": "terrafrom; teraform",
    "typescript": "Typscript; tyepscript; typescipt",
    "postgresql": "postgrs; postgresq1",
    "elasticsearch": "elasticsarch",
    "kafka": "kafak; kafca",
    "redis": "reddis",
    "site-reliability": "Prometeus; grafna",
    "go": "Goland",
    "ai-ml-integration": "ChatGTP; artificial inteligence",
}
#: What is typed for what is not measured, by its name.
UNMEASURED = {
    "React": "react; React.js; ReactJS; react native; Raect; reac",
    "Angular": "angular; AngularJS; Angluar",
    "Vue": "vue; vue.js",
    "Front-end development": "frontend; front-end; front end; web development",
    "HTML and CSS": "css; html; tailwind",
    "C# and .NET": "c#; C Sharp; .net; .NET Core; dotnet; asp.net",
    "iOS and Swift": "swift; iOS; objective-c",
    "PHP": "php; laravel",
    "Ruby": "ruby; ruby on rails",
    "GraphQL": "graphql; Graphq",
    "MongoDB": "mongodb; mongo; nosql",
    "Algorithms and interview practice": "leetcode; hackerrank",
    "Project management": "scrum; agile",
    "Leadership": "leadership; soft skills",
    "Testing and QA": "selenium; qa",
    "Solidity": "solidity; blockchain",
}
NOTHING = ["xyzzy", "asdf", "underwater basket weaving", "zz", "!!!", "", "   ", "\x00", "12345", "🎯", "phyton"]


def _pairs(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(typed.strip(), name) for name, texts in table.items() for typed in texts.split(";")]


@pytest.mark.parametrize(("typed", "slug"), _pairs(FOUND))
def test_skill_is_found_by_what_people_call_it(published: PublishedEdition, typed: str, slug: str) -> None:
    assert slug in search_skills(published, typed).slugs


@pytest.mark.parametrize(("typed", "slug"), _pairs(SLIPS))
def test_one_slip_is_forgiven_and_said(published: PublishedEdition, typed: str, slug: str) -> None:
    matches = search_skills(published, typed)

    assert (slug in matches.slugs, matches.is_guess) == (True, True)
    assert describe_matches(matches, typed, published).startswith(f"No skill is called “{typed}”. Did you mean ")


@pytest.mark.parametrize(("typed", "name"), _pairs(UNMEASURED))
def test_what_is_not_measured_is_named_in_place_of_an_empty_list(
    published: PublishedEdition, typed: str, name: str
) -> None:
    matches = search_skills(published, typed)

    assert (matches.slugs, matches.unmeasured and matches.unmeasured.name) == ((), name)
    assert describe_matches(matches, typed, published).startswith(f"{name} is not measured yet")


@pytest.mark.parametrize("typed", NOTHING)
def test_nothing_is_made_up(published: PublishedEdition, typed: str) -> None:
    matches = search_skills(published, typed)

    assert (matches.slugs, matches.unmeasured) == ((), None)


@pytest.mark.parametrize(
    ("typed", "slugs"),
    [
        pytest.param("ai", ("ai-ml-integration",), id="the beginning of a word, not its middle"),
        pytest.param("azure", ("cloud-architecture",), id="a name before what is related"),
        pytest.param("java", ("java",), id="no JavaScript"),
        pytest.param("vector", ("ai-ml-integration",), id="a related word"),
        pytest.param(
            "languages", ("cpp", "go", "java", "kotlin", "python", "rust", "scala", "typescript"), id="a category"
        ),
        pytest.param("durable", ("kafka",), id="what a skill is about"),
        pytest.param("kubernetes network", ("kubernetes",), id="words of several kinds"),
        pytest.param("k" * 10_000, (), id="long"),
    ],
)
def test_names_come_before_what_is_related(published: PublishedEdition, typed: str, slugs: tuple[str, ...]) -> None:
    assert search_skills(published, typed).slugs == slugs


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Kubernetes", "kubernetes"),
        ("k8s", "kubernetes"),
        ("Cloud architecture", "cloud-architecture"),
        ("Cloud Architecture (AWS/GCP)", "cloud-architecture"),
        ("künstliche   INTELLIGENZ", "ai-ml-integration"),
        ("c++", "cpp"),
        ("helm", ""),
        ("kubernets", ""),
        ("react", ""),
        ("", ""),
    ],
)
def test_link_names_a_skill_by_its_names_alone(published: PublishedEdition, name: str, slug: str) -> None:
    assert find_skill(published, name) == slug


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("k8s", "1 of 23 skills: Kubernetes."),
        ("jvm", "3 of 23 skills: Java, Kotlin and Scala."),
        ("languages", "8 of 23 skills."),
        ("react", "React is not measured yet: front-end skills come later."),
        ("xyzzy", "No skill of the 23 is called “xyzzy”. Try another word."),
    ],
)
def test_search_of_the_form_says_what_it_found(
    client: Client, published: PublishedEdition, typed: str, text: str
) -> None:
    response = client.get("/skill-search/", {"find": typed})

    page = response.content.decode().replace("\u00a0", " ").strip()
    slugs = " ".join(search_skills(published, typed).slugs)
    assert page.splitlines()[-1] == f'<span data-found="{slugs}">{text}</span>'
    assert response.headers["Cache-Control"] == "public, max-age=60"


def test_blank_search_of_the_form_says_nothing(client: Client, published: PublishedEdition) -> None:
    assert client.get("/skill-search/?find=+%00").content.decode().strip() == ""
    assert client.get("/skill-search/").content.decode().strip() == ""


def test_what_is_typed_is_escaped_and_cut(client: Client, published: PublishedEdition) -> None:
    page = client.get("/skill-search/", {"find": f"<b>{'x' * 200}"}).content.decode()

    assert f"“&lt;b&gt;{'x' * (MAX_CHARACTERS - 3)}”" in page


def test_list_of_skills_names_what_is_not_measured(client: Client, published: PublishedEdition) -> None:
    page = client.get("/skills/?q=react").content.decode()

    assert "React is not measured yet: front-end skills come later." in page
    assert "Did you mean Kubernetes?" in client.get("/skills/?q=kubernets").content.decode()
    assert "is not measured yet" not in client.get("/skills/?q=k8s").content.decode()


def test_words_are_split_and_normalised() -> None:
    assert split_words(" K8s,  kube ; k8s\nGoogle  Cloud,,") == ["k8s", "kube", "google cloud"]
    assert find_words("C++, C# and .NET: Node.js – Łódź’s ÉTÉ") == [
        "c++",
        "c#",
        "and",
        ".net",
        "node",
        "js",
        "lodz",
        "s",
        "ete",
    ]
