package dev.latchkey.guard.jaxrs;

import jakarta.annotation.security.PermitAll;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where annotations of a resource's method may stand, the nearest first: the method and those that it overrides, then those
 * that it may override with types in place of variables, then the class that declares it and those above, then the resource's
 * own class, of whose annotations only methods of its own should know (Jakarta Annotations §2.1).
 *
 * @param guesses those of the elements that the method may override; they never open it
 */
record Annotated(List<AnnotatedElement> elements, Set<AnnotatedElement> guesses) {
    private static final Set<Class<? extends Annotation>> OPENING = Set.of(PermitAll.class, CallerOptional.class);

    /** An annotation, and how far away it stands. */
    record Found<A extends Annotation>(A annotation, int distance) {}

    static Annotated of(Method method, Class<?> type) {
        Set<AnnotatedElement> methods = new LinkedHashSet<>();
        Set<AnnotatedElement> declaring = new LinkedHashSet<>();
        Set<AnnotatedElement> below = new LinkedHashSet<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            boolean declares = declared(method, each, methods);
            Set<AnnotatedElement> classes = declares || !declaring.isEmpty() ? declaring : below;
            classes.add(each);
            interfaces(method, each, methods, classes);
        }
        methods.add(method);
        Set<AnnotatedElement> guesses = new LinkedHashSet<>();
        Stream.concat(declaring.stream(), below.stream()).forEach(each -> guess(method, (Class<?>) each, guesses));
        guesses.removeAll(methods);
        methods.addAll(guesses);
        methods.addAll(declaring);
        methods.addAll(below);
        return new Annotated(List.copyOf(methods), Set.copyOf(guesses));
    }

    private static void interfaces(
            Method method, Class<?> type, Set<AnnotatedElement> methods, Set<AnnotatedElement> classes) {
        for (Class<?> each : type.getInterfaces()) {
            declared(method, each, methods);
            classes.add(each);
            interfaces(method, each, methods, classes);
        }
    }

    private static boolean declared(Method method, Class<?> type, Set<AnnotatedElement> methods) {
        try {
            return methods.add(type.getDeclaredMethod(method.getName(), method.getParameterTypes()));
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    /** Where a type above says {@code T}, erasure gives its method other parameter types than the one that overrides it. */
    private static void guess(Method method, Class<?> type, Set<AnnotatedElement> guesses) {
        Class<?> declaring = method.getDeclaringClass();
        if (type == declaring || !type.isAssignableFrom(declaring) || declares(method, type)) {
            return;
        }
        Arrays.stream(type.getDeclaredMethods())
                .filter(each -> mayBeOverridden(each, method))
                .sorted(Comparator.comparing(Method::toString)) // reflection has no order of its own
                .forEach(guesses::add);
    }

    private static boolean declares(Method method, Class<?> type) {
        return declared(method, type, new LinkedHashSet<>());
    }

    private static boolean mayBeOverridden(Method above, Method method) {
        int none = Modifier.STATIC | Modifier.PRIVATE;
        Class<?>[] wide = above.getParameterTypes();
        Class<?>[] narrow = method.getParameterTypes();
        return above.getName().equals(method.getName())
                && (above.getModifiers() & none) == 0
                && !above.isBridge()
                && wide.length == narrow.length
                && IntStream.range(0, wide.length).allMatch(i -> wide[i].isAssignableFrom(narrow[i]));
    }

    /** What stands on the method itself and on those that it overrides. */
    List<Annotation> onMethods() {
        return elements.stream()
                .filter(Method.class::isInstance)
                .flatMap(method -> Arrays.stream(method.getAnnotations()))
                .toList();
    }

    /** The nearest one. */
    <A extends Annotation> @Nullable Found<A> find(Class<A> annotation) {
        for (int i = 0; i < elements.size(); i++) {
            A found = elements.get(i).getAnnotation(annotation);
            if (found != null && !(OPENING.contains(annotation) && guesses.contains(elements.get(i)))) {
                return new Found<>(found, i);
            }
        }
        return null;
    }

    /** How far away the nearest of these stands. */
    int distance(List<Class<? extends Annotation>> annotations) {
        List<Integer> distances = new ArrayList<>(List.of(Integer.MAX_VALUE));
        for (Class<? extends Annotation> annotation : annotations) {
            Found<?> found = find(annotation);
            if (found != null) {
                distances.add(found.distance());
            }
        }
        return distances.stream().mapToInt(Integer::intValue).min().orElseThrow();
    }
}
